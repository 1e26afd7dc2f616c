import type { Lesson } from "../agent/model.ts";

const overflow =
  /input is too long|exceed context limit|too many total text bytes|prompt is too long|maximum context length is|context window (?:is )?exceed|input tokens? exceed/iu;

/** Texts that say numbers, in tokens; the groups are named for what they are. */
const numbered: readonly RegExp[] = [
  /prompt is too long: (?<prompt>[\d,]+) tokens? > (?<context>[\d,]+)/iu,
  /exceed context limit: (?<prompt>[\d,]+) \+ [\d,]+ > (?<context>[\d,]+)/iu,
  /maximum context length is (?<context>[\d,]+) tokens(?:.*?(?:requested|resulted in|has) (?<prompt>[\d,]+) tokens)?/iu,
];

/** Whether a text says that the conversation does not fit. Ask only after throttling was ruled out. */
export function isOverflow(message: string): boolean {
  return overflow.test(message);
}

/** What an overflow's text, or a refusal of `maxTokens`, tells of the model's limits. */
export function readTokenLimits(message: string): Pick<Lesson, "promptTokens" | "contextTokens" | "outputTokens"> {
  const output = /exceeds the model limit of (?<output>[\d,]+)/iu.exec(message)?.groups?.["output"];
  const groups = numbered.map((text) => text.exec(message)?.groups).find((found) => found !== undefined);
  const [promptTokens, contextTokens, outputTokens] = [groups?.["prompt"], groups?.["context"], output].map(toNumber);
  return {
    ...(promptTokens !== undefined && { promptTokens }),
    ...(contextTokens !== undefined && { contextTokens }),
    ...(outputTokens !== undefined && { outputTokens }),
  };
}

function toNumber(digits: string | undefined): number | undefined {
  const value = Number(digits?.replaceAll(",", ""));
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
