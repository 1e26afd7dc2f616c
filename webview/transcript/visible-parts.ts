import type { TextPart, Turn, TurnPart } from "../../src/protocol/chat-state.ts";

/** A part as the transcript shows it. */
export interface VisiblePart {
  /** The same part keeps its key for the whole turn. */
  readonly key: string;
  readonly part: TurnPart;
  /** Its attempt failed; the next thing that comes takes its place. */
  readonly replaced: boolean;
  /** How often the text in it was cut and continued. */
  readonly cuts: number;
}

/**
 * The parts of a turn in their order. Text that goes on directly behind the text of the step before it is one text: that
 * is how a cut answer is continued, in the middle of a word or of a code block.
 */
export function visibleParts({ parts, replacing }: Turn): readonly VisiblePart[] {
  const shown: VisiblePart[] = [];
  const seen = new Map<string, number>();
  for (const part of parts) {
    const replaced = part.step === replacing && isReplaceable(part);
    const last = shown.at(-1);
    const joined = last?.replaced === replaced ? joinText(last.part, part) : undefined;
    if (last !== undefined && joined !== undefined) {
      shown[shown.length - 1] = { ...last, part: joined, cuts: last.cuts + 1 };
      continue;
    }
    const base = partKey(part);
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    shown.push({ key: `${base} ${count}`, part, replaced, cuts: 0 });
  }
  return shown;
}

/** The words of an answer, as markdown. */
export function answerText(turn: Turn): string {
  return visibleParts(turn)
    .flatMap(({ part }) => (part.kind === "text" ? [part.text] : []))
    .join("\n\n");
}

/** Two blocks of one message stay paragraphs of their own; a later step goes on where the earlier one was cut. */
function joinText(first: TurnPart, next: TurnPart): TextPart | undefined {
  if (first.kind !== "text" || next.kind !== "text" || first.step === next.step) return undefined;
  return { ...next, text: first.text + next.text };
}

function isReplaceable(part: TurnPart): boolean {
  switch (part.kind) {
    case "text":
    case "reasoning":
    case "tool":
      return true;
    case "recovered":
    case "notice":
    case "routed":
    case "compaction":
    case "steered":
      return false;
  }
}

function partKey(part: TurnPart): string {
  switch (part.kind) {
    case "text":
    case "reasoning":
      return `${part.kind} ${part.step} ${part.block}`;
    case "tool":
      return `tool ${part.call.id}`;
    case "steered":
      return `steered ${part.id}`;
    case "recovered":
    case "notice":
    case "routed":
    case "compaction":
      return `${part.kind} ${part.step}`;
  }
}
