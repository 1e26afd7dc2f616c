import type { ConverseStreamOutput } from "@aws-sdk/client-bedrock-runtime";

/** Texts that were there at once: in one turn of the event loop, so that nothing was waited for between them. */
interface Group {
  deltas: number;
  characters: number;
  /** The silence before it, in ticks. */
  readonly ticks: number;
}

/** Milliseconds of a tick. Only a loop that lives ticks: a time in which this process was held up is no silence. */
export const tickMs = 50;
/** Deltas come in twos and threes on any network; a buffer lets go of many. */
const fewestDeltas = 8;
/** Shorter answers tell nothing. */
const fewestCharacters = 400;
/** A silence that the reader sees, and all of them together. */
const shortestSilence = 200 / tickMs;
const leastSilence = 2_000 / tickMs;
/** The end of an answer fills no buffer. */
const leastShare = 0.9;

/**
 * Tells whether an answer was held back on its way and let go in bursts, whole or in parts: nearly all of its text came in
 * bursts behind silences. Answers that are short or quick tell nothing, and neither do those of a busy computer, which finds
 * more than one delta whenever it looks.
 */
export class AnswerArrival {
  readonly #groups: Group[] = [];
  #ticks = 0;
  #isInTurn = false;

  /** `tickMs` have passed. */
  tick(): void {
    this.#ticks++;
  }

  /** The event loop has turned: what comes now was waited for. */
  endTurn(): void {
    this.#isInTurn = false;
  }

  note(event: ConverseStreamOutput): void {
    const delta = event.contentBlockDelta?.delta;
    const text = delta?.text ?? delta?.reasoningContent?.text;
    if (text === undefined || text === "") return;
    const current = this.#groups.at(-1);
    if (current === undefined || !this.#isInTurn) {
      this.#groups.push({ deltas: 1, characters: text.length, ticks: this.#ticks });
    } else {
      current.deltas++;
      current.characters += text.length;
    }
    this.#isInTurn = true;
    this.#ticks = 0;
  }

  get wasHeldBack(): boolean {
    let [all, held, silence] = [0, 0, 0];
    let isHeld = false;
    for (const { deltas, characters, ticks } of this.#groups) {
      const isSilent = ticks >= shortestSilence;
      // What follows at once belongs to the same burst: a connection hands out so much at a time.
      isHeld = deltas >= fewestDeltas && (isSilent || (isHeld && ticks === 0));
      all += characters;
      if (isHeld) held += characters;
      if (isHeld && isSilent) silence += ticks;
    }
    return all >= fewestCharacters && held >= leastShare * all && silence >= leastSilence;
  }
}
