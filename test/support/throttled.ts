import type { Reply } from "../../src/emulator/script-schema.ts";

/** Bedrock has no room for the request, and says when to come again. */
export function throttled(retryAfterSeconds: number): Reply {
  return {
    fault: {
      kind: "http-error",
      status: 429,
      type: "ThrottlingException",
      message: "Too many requests, please wait before trying again.",
      headers: { "retry-after": String(retryAfterSeconds) },
    },
  };
}
