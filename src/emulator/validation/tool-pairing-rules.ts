import type { ModelFamily } from "./model-family.ts";
import type { ContentBlock, ConverseRequest, Message, ToolResult } from "./request-shape.ts";
import { type Violation, violation } from "./violation.ts";

/** Every tool use is answered in the next message, once, first, and by the right role; inputs and results are whole. */
export function toolPairingRules(request: ConverseRequest, family: ModelFamily): readonly Violation[] {
  const messages = request.messages ?? [];
  return [
    ...messages.flatMap(wrongRole),
    ...messages.flatMap((_, index) => pairing(messages, index)),
    ...messages.flatMap((message, index) =>
      message.content.flatMap((block, position) => blockRules(block, `messages.${index}.content.${position}`, family)),
    ),
    ...(family.mixesTextAndTools ? [] : messages.flatMap(mixedTurn)),
    ...missingToolConfig(request),
  ];
}

function wrongRole(message: Message, index: number): readonly Violation[] {
  return message.content.flatMap((block, position) => {
    const path = `messages.${index}.content.${position}`;
    if (block.toolUse !== undefined && message.role !== "assistant") {
      return [violation("tool-use-role", path, `${path}: \`tool_use\` blocks can only be in \`assistant\` messages`)];
    }
    if (block.toolResult !== undefined && message.role !== "user" && block.toolResult.type === undefined) {
      return [violation("tool-result-role", path, `${path}: \`tool_result\` blocks can only be in \`user\` messages`)];
    }
    return [];
  });
}

/** Judges message `index` as the answer to the tool uses of the message before it. */
function pairing(messages: readonly Message[], index: number): readonly Violation[] {
  const message = messages[index];
  const asked = clientToolUseIds(messages[index - 1]);
  const path = `messages.${index}.content`;
  const results = (message?.role === "user" ? message.content : []).flatMap(({ toolResult }) => toolResult ?? []);
  const answered = results.map(({ toolUseId }) => toolUseId);
  const missing = asked.filter((id) => !answered.includes(id));
  const extra = answered.filter((id) => !asked.includes(id));
  const found: Violation[] = [
    ...duplicates("toolUse", clientToolUseIds(message), path),
    ...duplicates("toolResult", answered, path),
  ];
  if (missing.length > 0) {
    const instead = extra.length > 0 ? `, but found: ${extra.join(", ")}` : "";
    found.push(
      violation(
        "missing-tool-result",
        path,
        `Expected toolResult blocks at ${path} for the following Ids: ${missing.join(", ")}${instead}`,
      ),
    );
  } else if (answered.length > asked.length) {
    found.push(
      violation(
        "extra-tool-result",
        path,
        `The number of toolResult blocks at ${path} exceeds the number of toolUse blocks of previous turn.`,
      ),
    );
  }
  const isLast = index === messages.length - 1;
  const unanswered = isLast ? clientToolUseIds(message) : [];
  if (unanswered.length > 0) {
    const next = `messages.${index + 1}.content`;
    found.push(
      violation(
        "missing-tool-result",
        next,
        `Expected toolResult blocks at ${next} for the following Ids: ${unanswered.join(", ")}`,
      ),
    );
  }
  return [...found, ...resultsFirst(message, path)];
}

function clientToolUseIds(message: Message | undefined): readonly string[] {
  const toolUses = (message?.role === "assistant" ? message.content : []).flatMap(({ toolUse }) => toolUse ?? []);
  return toolUses.filter(({ type }) => type === undefined).map(({ toolUseId }) => toolUseId);
}

function duplicates(kind: "toolUse" | "toolResult", ids: readonly string[], path: string): readonly Violation[] {
  const repeated = [...new Set(ids.filter((id, position) => ids.indexOf(id) !== position))];
  return repeated.length === 0
    ? []
    : [violation("duplicate-id", path, `The ${kind} blocks at ${path} contain duplicate Ids: ${repeated.join(", ")}`)];
}

function resultsFirst(message: Message | undefined, path: string): readonly Violation[] {
  const blocks = message?.role === "user" ? message.content : [];
  const firstOther = blocks.findIndex((block) => block.toolResult === undefined);
  const lastResult = blocks.findLastIndex((block) => block.toolResult !== undefined);
  return firstOther >= 0 && firstOther < lastResult
    ? [
        violation(
          "tool-results-first",
          path,
          `Since the previous message contained tool uses, the message at ${path} must begin with a matching number of tool_result blocks`,
        ),
      ]
    : [];
}

function blockRules(block: ContentBlock, path: string, family: ModelFamily): readonly Violation[] {
  const found: Violation[] = [];
  if (block.toolUse !== undefined) {
    const { input, toolUseId, name } = block.toolUse;
    if (typeof input !== "object" || input === null || Array.isArray(input)) {
      found.push(
        violation(
          "tool-input",
          `${path}.toolUse.input`,
          `The format of the value at ${path}.toolUse.input is invalid. Provide a json object for the field and try again.`,
        ),
      );
    }
    found.push(
      ...mistralId(toolUseId, `${path}.toolUse.toolUseId`, family),
      ...novaName(name, `${path}.toolUse.name`, family),
    );
  }
  if (block.toolResult !== undefined) {
    found.push(...resultRules(block.toolResult, `${path}.toolResult`, family));
  }
  return found;
}

function resultRules(result: ToolResult, path: string, family: ModelFamily): readonly Violation[] {
  const found: Violation[] = [...mistralId(result.toolUseId, `${path}.toolUseId`, family)];
  if (result.content.length === 0) {
    const message =
      result.status === "error"
        ? `The content field at ${path} cannot be empty when status value is error.`
        : `The content field in the ToolResultBlock object at ${path} is empty. Add a ToolResultContentBlock object to the content field and try again.`;
    found.push(violation("empty-tool-result", path, message));
  }
  if (result.status !== undefined && !family.hasToolResultStatus) {
    found.push(
      violation(
        "status-unsupported",
        `${path}.status`,
        "This model doesn't support the toolResult.status field. Remove toolResult.status and try again.",
      ),
    );
  }
  return found;
}

function mistralId(toolUseId: string, path: string, family: ModelFamily): readonly Violation[] {
  return family.name !== "mistral" || /^[a-zA-Z0-9]{9}$/u.test(toolUseId)
    ? []
    : [violation("mistral-id", path, `Tool call id was ${toolUseId} but must be a-z, A-Z, 0-9, with a length of 9.`)];
}

/** Nova fails every time on a hyphen in a tool's name. */
export function novaName(name: string, path: string, family: ModelFamily): readonly Violation[] {
  return family.name !== "nova" || !name.includes("-")
    ? []
    : [
        {
          rule: "nova-name",
          path,
          message:
            "Model produced invalid sequence as part of ToolUse. Please refer to the model tool use troubleshooting guide.",
          exception: "ModelErrorException",
        },
      ];
}

function mixedTurn(message: Message, index: number): readonly Violation[] {
  const hasTool = message.content.some((block) => block.toolResult !== undefined || block.toolUse !== undefined);
  const hasText = message.content.some((block) => block.text !== undefined);
  return hasTool && hasText
    ? [
        violation(
          "mixed-turn",
          `messages.${index}`,
          "Conversation blocks and tool result blocks cannot be provided in the same turn.",
        ),
      ]
    : [];
}

function missingToolConfig(request: ConverseRequest): readonly Violation[] {
  const blocks = (request.messages ?? []).flatMap(({ content }) => content);
  const usesTools = blocks.some((block) => block.toolUse !== undefined || block.toolResult !== undefined);
  return usesTools && request.toolConfig === undefined
    ? [
        violation(
          "tool-config-missing",
          "toolConfig",
          "The toolConfig field must be defined when using toolUse and toolResult content blocks.",
        ),
      ]
    : [];
}
