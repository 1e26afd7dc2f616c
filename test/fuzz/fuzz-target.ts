import * as fc from "fast-check";

/** One part of the product under arbitrary input. */
export interface FuzzTarget {
  readonly name: string;
  /** Part of all inputs that it gets, from 0 to 1. */
  readonly share: number;
  /** Its inputs are the frames or the events of a stream. */
  readonly readsStreams?: boolean;
  /** Rejects where an input breaks a rule; the message has the smallest such input and the seed. */
  readonly run: (settings: FuzzSettings) => Promise<void>;
}

export interface FuzzSettings {
  readonly seed: number;
  readonly inputs: number;
}

/** Nothing may wait for ever: an input that takes longer than this hangs, in milliseconds. */
const hangMs = 20_000;

/** Makes a target of a property that throws where a rule is broken, at once or later. */
export function fuzzTarget<Input>(
  name: string,
  share: number,
  inputs: fc.Arbitrary<Input>,
  judge: (input: Input) => void | Promise<void>,
): FuzzTarget {
  return {
    name,
    share,
    run: ({ seed, inputs: numRuns }) =>
      fc.assert(
        fc.asyncProperty(inputs, async (input) => {
          await judge(input);
        }),
        { seed, numRuns, timeout: hangMs, includeErrorInReport: true },
      ),
  };
}
