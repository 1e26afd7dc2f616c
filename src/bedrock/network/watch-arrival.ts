import type { ConverseStreamOutput } from "@aws-sdk/client-bedrock-runtime";
import { AnswerArrival, tickMs } from "./answer-arrival.ts";

/** An answer's arrival by this process's own event loop, from when the request is sent. */
export interface WatchedArrival {
  readonly arrival: AnswerArrival;
  note(event: ConverseStreamOutput): void;
  stop(): void;
}

export function watchArrival(): WatchedArrival {
  const arrival = new AnswerArrival();
  const ticking = setInterval(() => arrival.tick(), tickMs);
  let turn: NodeJS.Immediate | undefined;
  return {
    arrival,
    note: (event) => {
      arrival.note(event);
      turn ??= setImmediate(() => {
        turn = undefined;
        arrival.endTurn();
      });
    },
    stop: () => {
      clearInterval(ticking);
      clearImmediate(turn);
    },
  };
}
