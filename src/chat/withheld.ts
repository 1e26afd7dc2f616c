import type { ContentBlock, Message, ToolResultBlock } from "@aws-sdk/client-bedrock-runtime";
import type { GuardrailReport } from "../protocol/guardrail.ts";
import { t } from "../protocol/localize.ts";
import type { BlockPlace, Withheld } from "../protocol/withheld.ts";

const notes: Readonly<Record<Withheld["reason"], string>> = {
  guardrail: "[A guardrail blocked this part. It is left out.]",
  refused: "[The service refused this part. It is left out.]",
};

/** The messages without what must not be sent again. No message goes, so that places in the result are those in `messages`. */
export function applyWithheld(messages: readonly Message[], withheld: readonly Withheld[]): readonly Message[] {
  if (withheld.length === 0) return messages;
  const reasons = new Map(withheld.map(({ message, block, reason }) => [`${message} ${block}`, reason]));
  return messages.map((message, at) => {
    const content = (message.content ?? []).flatMap((block, index) => {
      const reason = reasons.get(`${at} ${index}`);
      return reason === undefined ? [block] : replaceBlock(block, notes[reason]);
    });
    return { ...message, content };
  });
}

/** Calls and results stay, since each needs the other; reasoning leaves no trace. */
function replaceBlock({ toolUse, toolResult, reasoningContent }: ContentBlock, note: string): readonly ContentBlock[] {
  if (reasoningContent !== undefined) return [];
  if (toolUse !== undefined) return [{ toolUse: { ...toolUse, input: {} } }];
  return toolResult === undefined ? [{ text: note }] : [{ toolResult: { ...toolResult, content: [{ text: note }] } }];
}

/**
 * What a guardrail has blocked: the blocks that hold the words which it names, wherever they are, since it reads the
 * whole conversation each time; else what it has not let through before, the newest message of the user. Without a report it
 * is not known whose text was blocked, so the answer goes too.
 */
export function blockedPlaces(
  messages: readonly Message[],
  report: GuardrailReport | undefined,
  withheld: readonly Withheld[],
): readonly Withheld[] {
  const findings = report?.findings.filter(({ side }) => side === "input") ?? [];
  if (report !== undefined && report.findings.length > 0 && findings.length === 0) return [];
  const matches = findings.flatMap(({ match = "" }) => (isTelling(match) ? [match.trim()] : []));
  const known = new Set(withheld.map(({ message, block }) => `${message} ${block}`));
  const places = allPlaces(messages).filter(({ message, block }) => !known.has(`${message} ${block}`));
  const named = places.filter(({ message, block }) => {
    const text = textOf(messages[message]?.content?.[block]);
    return matches.some((match) => holdsWords(text, match));
  });
  const newest = messages.findLastIndex(({ role }) => role === "user");
  const isNew = ({ message }: BlockPlace): boolean => (report === undefined ? message >= newest : message === newest);
  return (named.length > 0 ? named : places.filter(isNew)).map((place) => ({ ...place, reason: "guardrail" }));
}

/** A match of one or two characters is in every text: it tells nothing of where it was found. */
function isTelling(match: string): boolean {
  return [...match.trim()].length >= 3;
}

/** Whether a text holds words, whatever their case, and not only within other words. */
function holdsWords(text: string, words: string): boolean {
  const [whole, part] = [text.toLowerCase(), words.toLowerCase()];
  for (let at = whole.indexOf(part); at !== -1; at = whole.indexOf(part, at + 1)) {
    const end = at + part.length;
    if (!isWithinWord(whole.slice(0, at), part) && !isWithinWord(part, whole.slice(end))) return true;
  }
  return false;
}

/** Whether a word goes on from one text into the next. Scripts without spaces have no such bounds. */
function isWithinWord(before: string, after: string): boolean {
  const ends = /[\p{L}\p{N}_]$/u.test(before) && /^[\p{L}\p{N}_]/u.test(after);
  return ends && !withoutSpaces.test([...before].at(-1) ?? "") && !withoutSpaces.test([...after][0] ?? "");
}

const withoutSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** For the user: how much is missing from now on. */
export function describeBlocked(places: readonly BlockPlace[], messages: readonly Message[]): string {
  const what = describeKinds(places, messages);
  return places.length === 1
    ? t("The guardrail blocked one part of the conversation: {0}. It is left out of what is sent from now on.", what)
    : t(
        "The guardrail blocked {0} parts of the conversation: {1}. They are left out of what is sent from now on.",
        places.length,
        what,
      );
}

/** For the user: what is missing from now on. */
export function describeRefused(places: readonly BlockPlace[], messages: readonly Message[]): string {
  return t(
    "Bedrock refused part of the conversation: {0}. It is left out of what is sent from now on, and the request was sent again.",
    describeKinds(places, messages),
  );
}

function describeKinds(places: readonly BlockPlace[], messages: readonly Message[]): string {
  const kinds = new Set(places.map(({ message, block }) => kindOf(messages[message]?.content?.[block])));
  return [...kinds].join(", ");
}

function kindOf(block: ContentBlock | undefined): string {
  if (block?.toolResult !== undefined) return t("a tool's result");
  if (block?.toolUse !== undefined) return t("the input of a tool call");
  if (block?.reasoningContent !== undefined) return t("earlier thinking");
  return block?.text === undefined ? t("an attachment") : t("a text");
}

function allPlaces(messages: readonly Message[]): readonly BlockPlace[] {
  return messages.flatMap(({ content = [] }, message) => content.map((_, block) => ({ message, block })));
}

function textOf(block: ContentBlock | undefined): string {
  if (block === undefined) return "";
  const { text, toolUse, toolResult, reasoningContent } = block;
  if (toolUse !== undefined) return JSON.stringify(toolUse.input ?? {});
  if (toolResult !== undefined) return resultText(toolResult);
  return text ?? reasoningContent?.reasoningText?.text ?? "";
}

function resultText({ content = [] }: ToolResultBlock): string {
  return content.map(({ text, json }) => text ?? JSON.stringify(json ?? "")).join("\n");
}
