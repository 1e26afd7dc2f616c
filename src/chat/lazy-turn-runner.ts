import type { TurnOutcome } from "../protocol/chat-event.ts";
import type { Begin, TurnRunner, TurnRunnerOptions, TurnSettings } from "./turn-runner.ts";
import { unexpectedError } from "./unexpected-error.ts";

/** A session's runner of turns. The loop behind it is loaded with the first turn. */
export class LazyTurnRunner {
  readonly #options: TurnRunnerOptions;
  #runner: TurnRunner | undefined;

  constructor(options: TurnRunnerOptions) {
    this.#options = options;
  }

  async run(settings: TurnSettings, begin: Begin, signal: AbortSignal): Promise<TurnOutcome> {
    try {
      this.#runner ??= await this.#load();
    } catch (error) {
      // The files of an extension are gone once a newer version was installed.
      this.#options.report(error);
      return { kind: "failed", error: unexpectedError(error), cutOff: false };
    }
    return this.#runner.run(settings, begin, signal);
  }

  async #load(): Promise<TurnRunner> {
    const { TurnRunner } = await import("./turn-runner.ts");
    return new TurnRunner(this.#options);
  }
}
