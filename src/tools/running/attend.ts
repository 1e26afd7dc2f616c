import { setTimeout as delay } from "node:timers/promises";
import type { ToolContext } from "../../agent/tool.ts";
import type { RunningProgram } from "./running-program.ts";

/** How the wait for a program ended. */
export type Attended<End> =
  | { readonly kind: "ended"; readonly end: End }
  /** It took too long and was ended. */
  | { readonly kind: "timed-out" }
  /** The user ended it. */
  | { readonly kind: "stopped" }
  /** The user wants the model to go on with what was printed so far; the program runs on. */
  | { readonly kind: "left" };

export interface Patience {
  /** After this the program is ended, unless the user says that it may take longer. */
  readonly limitMs: number;
  /** After this the user is offered to wait on, to go on without its end, or to end it. */
  readonly offerAfterMs: number;
}

/** Waits for a program. Stop ends it, with all it started; then the signal's reason is thrown. Throws what the program failed with. */
export async function attend<End>(
  program: RunningProgram<End>,
  { limitMs, offerAfterMs }: Patience,
  context: ToolContext,
): Promise<Attended<End>> {
  const { signal } = context;
  const done = new AbortController();
  const limit = new AbortController();
  const endsAt = Date.now() + limitMs;
  const aborted = new Promise<"aborted">((resolve) => {
    if (signal.aborted) resolve("aborted");
    signal.addEventListener("abort", () => resolve("aborted"), { once: true, signal: done.signal });
  });
  const timedOut = delay(limitMs, "timed-out" as const, { signal: AbortSignal.any([limit.signal, done.signal]) });
  const choose = async (): Promise<"left" | "stopped"> => {
    await delay(offerAfterMs, undefined, { signal: done.signal });
    const first = await context.stillRunning?.(endsAt, done.signal);
    if (first === undefined) return never();
    if (first === "wait") limit.abort();
    const choice = first === "wait" ? await context.stillRunning?.(null, done.signal) : first;
    return choice === "stop" ? "stopped" : "left";
  };
  const over = program.over.then(() => "over" as const);
  const forgo = <Value>(wait: Promise<Value>): Promise<Value> => wait.catch(() => never<Value>());
  try {
    const first = await Promise.race([over, aborted, forgo(timedOut), forgo(choose())]);
    switch (first) {
      case "over":
        return endOf(program);
      case "left":
        return { kind: "left" };
      case "aborted":
        await program.end(signal.reason);
        throw signal.reason;
      case "timed-out":
      case "stopped":
        await program.end(new Error(`${program.name} was ended.`));
        // It may have ended by itself in that moment.
        return program.state.kind === "ended" ? endOf(program) : { kind: first };
    }
  } finally {
    done.abort();
  }
}

function endOf<End>({ state }: RunningProgram<End>): Attended<End> {
  if (state.kind === "ended") return { kind: "ended", end: state.end };
  throw state.kind === "failed" ? state.error : new Error("It has not ended.");
}

function never<Value>(): Promise<Value> {
  return new Promise(() => undefined);
}
