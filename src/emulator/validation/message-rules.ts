import type { ModelFamily } from "./model-family.ts";
import type { ContentBlock, ConverseRequest, Message } from "./request-shape.ts";
import { type Violation, violation } from "./violation.ts";

/** Roles, their alternation, the last message, empty content, blank text, text that is not Unicode. */
export function messageRules(request: ConverseRequest, family: ModelFamily): readonly Violation[] {
  const messages = request.messages ?? [];
  return [
    ...roleOrder(messages, family),
    ...messages.flatMap(emptyContent),
    ...messages.flatMap(blankText),
    ...systemRules(request, family),
    ...loneSurrogates(request),
  ];
}

function roleOrder(messages: readonly Message[], family: ModelFamily): readonly Violation[] {
  const spoken = messages.map(({ role }, index) => ({ role, index })).filter(({ role }) => role !== "system");
  const first = spoken[0];
  const last = spoken.at(-1);
  if (first === undefined || last === undefined) {
    return [
      violation(
        "no-messages",
        "messages",
        "A conversation must start with a user message. Try again with a conversation that starts with a user message.",
      ),
    ];
  }
  const found: Violation[] = [];
  if (first.role !== "user") {
    found.push(
      violation(
        "first-role",
        `messages.${first.index}`,
        "A conversation must start with a user message. Try again with a conversation that starts with a user message.",
      ),
    );
  }
  const repeated = spoken.find(({ role }, position) => position > 0 && spoken[position - 1]?.role === role);
  if (repeated !== undefined) {
    found.push(
      violation(
        "alternation",
        `messages.${repeated.index}`,
        "A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.",
      ),
    );
  }
  if (last.role === "assistant" && !family.acceptsPrefill) {
    found.push(
      violation(
        "last-role",
        `messages.${last.index}`,
        "This model does not support assistant message prefill. The conversation must end with a user message.",
      ),
    );
  }
  return found;
}

function emptyContent(message: Message, index: number): readonly Violation[] {
  const path = `messages.${index}`;
  return message.content.length > 0
    ? []
    : [
        violation(
          "empty-content",
          path,
          `The content field in the Message object at ${path} is empty. Add a ContentBlock object to the content field and try again.`,
        ),
      ];
}

/** Blank text beside signed reasoning is let through: such a message has to come back as it was. */
function blankText(message: Message, index: number): readonly Violation[] {
  if (message.content.some((block) => block.reasoningContent?.reasoningText?.signature !== undefined)) {
    return [];
  }
  return message.content.flatMap((block, position) => blankTextIn(block, `messages.${index}.content.${position}`));
}

function blankTextIn(block: ContentBlock, path: string): readonly Violation[] {
  const own = block.text !== undefined && block.text.trim() === "" ? [blank("ContentBlock", path)] : [];
  const results = (block.toolResult?.content ?? []).flatMap((content, index) =>
    content.text !== undefined && content.text.trim() === ""
      ? [blank("ToolResultContentBlock", `${path}.toolResult.content.${index}`)]
      : [],
  );
  return [...own, ...results];
}

function blank(kind: string, path: string): Violation {
  return violation(
    "blank-text",
    path,
    `The text field in the ${kind} object at ${path} is blank. Add text to the text field, and try again.`,
  );
}

function systemRules(request: ConverseRequest, family: ModelFamily): readonly Violation[] {
  const { system } = request;
  if (system === undefined) {
    return [];
  }
  if (!family.hasSystemPrompt) {
    return [
      violation("no-system", "system", "This model doesn't support the system field. Remove system and try again."),
    ];
  }
  return system.flatMap((block, index) =>
    block.text !== undefined && block.text.trim() === "" ? [blank("SystemContentBlock", `system.${index}`)] : [],
  );
}

function loneSurrogates(request: ConverseRequest): readonly Violation[] {
  return [...stringsIn({ system: request.system, messages: request.messages }, "")]
    .filter(({ text }) => /\p{Surrogate}/u.test(text))
    .map(({ path }) =>
      violation("lone-surrogate", path, `The request body is not valid JSON: no low surrogate in string at ${path}`),
    );
}

function* stringsIn(value: unknown, path: string): Generator<{ readonly text: string; readonly path: string }> {
  if (typeof value === "string") {
    yield { text: value, path };
  } else if (typeof value === "object" && value !== null && !(value instanceof Uint8Array)) {
    for (const [key, member] of Object.entries(value)) {
      yield* stringsIn(member, path === "" ? key : `${path}.${key}`);
    }
  }
}
