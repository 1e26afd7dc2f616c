import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { refusals } from "../support/accepted-by-bedrock.ts";

/**
 * What Bedrock would refuse of the request that a history makes with a further prompt. Signed reasoning goes back as it
 * came, even where a hostile stream cut a character of it in two (B6.105): nothing else could be done about that.
 */
export function refusedParts(history: readonly Message[]): readonly string[] {
  const found = refusals([...history, { role: "user", content: [{ text: "And now?" }] }]);
  return found.filter((refusal) => !/^lone-surrogate .*\.reasoningContent\./.test(refusal));
}
