import type { ConverseStreamOutput } from "@aws-sdk/client-bedrock-runtime";

/** What came at once: so close together that no model can have written it meanwhile. */
interface Burst {
  readonly firstAt: number;
  lastAt: number;
  deltas: number;
  characters: number;
  /** The silence before it, in milliseconds. */
  readonly silence: number;
}

/** Deltas further apart than this belong to different bursts, in milliseconds. */
const longestGap = 20;
/** Single deltas come in twos and threes on any network; a buffer lets go of many. */
const fewestDeltas = 8;
/** Characters in a millisecond: five thousand tokens in a second, many times what any model writes. */
const fastestWriting = 20;
/** Shorter answers tell nothing. */
const fewestCharacters = 400;
const shortestSilence = 2_000;
/** The end of an answer fills no buffer. */
const leastShare = 0.9;

/**
 * Tells whether an answer was held back on its way and let go in bursts, whole or in parts: by when its texts came, on a
 * monotonic clock in milliseconds. Answers that are short or quick tell nothing.
 */
export class AnswerArrival {
  readonly #bursts: Burst[] = [];
  #lastAt: number;

  /** `sentAt`: when the request was sent. */
  constructor(sentAt: number) {
    this.#lastAt = sentAt;
  }

  note(event: ConverseStreamOutput, at: number): void {
    const delta = event.contentBlockDelta?.delta;
    const text = delta?.text ?? delta?.reasoningContent?.text;
    if (text === undefined || text === "") return;
    const current = this.#bursts.at(-1);
    if (current === undefined || at - current.lastAt > longestGap) {
      this.#bursts.push({ firstAt: at, lastAt: at, deltas: 1, characters: text.length, silence: at - this.#lastAt });
    } else {
      current.lastAt = at;
      current.deltas++;
      current.characters += text.length;
    }
    this.#lastAt = at;
  }

  get wasHeldBack(): boolean {
    const all = sum(this.#bursts, ({ characters }) => characters);
    const held = this.#bursts.filter(isTooFast);
    return (
      all >= fewestCharacters &&
      sum(held, ({ characters }) => characters) >= leastShare * all &&
      sum(held, ({ silence }) => silence) >= shortestSilence
    );
  }
}

function isTooFast({ deltas, characters, firstAt, lastAt }: Burst): boolean {
  return deltas >= fewestDeltas && characters >= fastestWriting * (lastAt - firstAt);
}

function sum(bursts: readonly Burst[], of: (burst: Burst) => number): number {
  return bursts.reduce((total, burst) => total + of(burst), 0);
}
