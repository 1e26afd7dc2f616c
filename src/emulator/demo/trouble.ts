import type { Reply } from "../script-schema.ts";

/** What the demo can act out. */
export type Trouble =
  | "throttling"
  | "server-error"
  | "dropped-stream"
  | "stalled-stream"
  | "slow-answer"
  | "slow-tool"
  | "output-limit"
  | "access-denied";

const phrases: readonly (readonly [pattern: RegExp, trouble: Trouble])[] = [
  [/\bthrottl/iu, "throttling"],
  [/\bserver errors?\b/iu, "server-error"],
  [
    /\b(?:drop|break|cut|reset)(?:ped|s)?\b.*\b(?:stream|connection)\b|\bdropped (?:stream|connection)\b/iu,
    "dropped-stream",
  ],
  [/\bstall/iu, "stalled-stream"],
  [/\bslow(?:ly)? (?:answer|reply|response)|\banswer slowly\b/iu, "slow-answer"],
  [/\bslow (?:tool|task)\b/iu, "slow-tool"],
  [/\boutput limit\b/iu, "output-limit"],
  [/\baccess denied\b/iu, "access-denied"],
];

/** Only a plain request for it counts: a search for the word "throttling" is a search. */
export function findTrouble(clause: string): Trouble | undefined {
  if (
    !/^(?:show|simulate|act\s+out|demonstrate|drop|break|cut|reset|stall|give|answer|run|try|slow|dropped|throttl)/iu.test(
      clause,
    )
  ) {
    return undefined;
  }
  return clause.split(/\s+/u).length <= 7 ? phrases.find(([pattern]) => pattern.test(clause))?.[1] : undefined;
}

/** How many times the trouble strikes before the same request is answered. */
const strikes: Readonly<Record<Trouble, number>> = {
  throttling: 2,
  "server-error": 2,
  "dropped-stream": 1,
  "stalled-stream": 1,
  "slow-answer": 0,
  "slow-tool": 0,
  "output-limit": 0,
  "access-denied": 0,
};

/** Remembers how often a trouble has struck in a prompt: the one thing that the demo model keeps between requests. */
export class TroubleMemory {
  readonly #struck = new Map<string, number>();

  /** True while the trouble is to strike; then once false, and the next time it begins anew. */
  strikes(trouble: Trouble, promptPosition: number): boolean {
    const key = `${trouble}:${promptPosition}`;
    const before = this.#struck.get(key) ?? 0;
    const now = before < strikes[trouble];
    this.#struck.set(key, now ? before + 1 : 0);
    return now;
  }
}

const brokenText =
  "Here comes an answer that will not reach its end, because the connection is about to break off, right in the middle of";

/** The reply to a prompt that asks for trouble; `undefined` for the trouble that a tool acts out. */
export function troubleReply(trouble: Trouble, promptPosition: number, memory: TroubleMemory): Reply | undefined {
  const struck = memory.strikes(trouble, promptPosition);
  switch (trouble) {
    case "throttling":
      return struck
        ? httpError(429, "ThrottlingException", "Too many requests, please wait before trying again.")
        : { text: "The model was throttled twice (HTTP 429) and the third attempt was answered: this one." };
    case "server-error":
      return struck
        ? httpError(503, "ServiceUnavailableException", "Bedrock is unable to process your request.")
        : { text: "The service was unavailable twice (HTTP 503) and the third attempt was answered: this one." };
    case "dropped-stream":
      return struck
        ? { text: brokenText, fault: { kind: "reset", afterEvents: 12 } }
        : {
            text: "The connection was reset in the middle of the first answer. This is the second attempt, and it is complete.",
          };
    case "stalled-stream":
      return struck
        ? { text: brokenText, fault: { kind: "stall", afterEvents: 8 } }
        : { text: "The first answer fell silent in its middle. This is the second attempt, and it is complete." };
    case "slow-answer":
      return {
        firstByteDelayMs: 4000,
        tokensPerSecond: 4,
        text: "This answer took four seconds to begin and now comes at four words a second, as a large model under load may do.",
      };
    case "output-limit":
      return {
        stopReason: "max_tokens",
        text: "This answer ends where the output limit was reached, in the middle of a",
      };
    case "access-denied":
      return httpError(403, "AccessDeniedException", "You don't have access to the model with the specified model ID.");
    case "slow-tool":
      return undefined;
  }
}

function httpError(status: number, type: string, message: string): Reply {
  return { fault: { kind: "http-error", status, type, message } };
}
