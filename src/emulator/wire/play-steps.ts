import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { ResponseStep } from "./http-exchange.ts";

/** What a door does with each step. `write` resolves when the bytes were taken. */
export interface StepSink {
  head(status: number, headers: Readonly<Record<string, string>>): void;
  write(bytes: Uint8Array): Promise<void>;
  end(): void;
  fin(): void;
  reset(): void;
}

/** Plays a response in real time until its end or until the signal aborts; resolves in both cases. */
export async function playSteps(steps: readonly ResponseStep[], sink: StepSink, signal: AbortSignal): Promise<void> {
  let due = performance.now();
  for (const step of steps) {
    if (signal.aborted) {
      return;
    }
    switch (step.kind) {
      case "wait":
        due = Math.max(due, performance.now() - step.milliseconds) + step.milliseconds;
        await waitUntil(due, signal);
        break;
      case "wait-forever":
        await once(signal, "abort");
        break;
      case "head":
        sink.head(step.status, step.headers);
        break;
      case "write":
        await sink.write(step.bytes);
        break;
      case "end":
        sink.end();
        break;
      case "fin":
        sink.fin();
        break;
      case "reset":
        sink.reset();
        break;
    }
  }
}

/** Waits to a point of `performance.now()`, so that the timer's rounding does not add up over a stream. */
async function waitUntil(due: number, signal: AbortSignal): Promise<void> {
  const rest = due - performance.now();
  if (rest > 0) {
    await sleep(rest, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) {
        throw error;
      }
    });
  }
}
