import type { ConverseCommandOutput } from "@aws-sdk/client-bedrock-runtime";
import { wholeAnswerEvents } from "../whole-answer.ts";

/** The frames of a stream of the same answer, as an emulator's script has them. */
export function wholeAnswerFrames(output: unknown): readonly object[] {
  if (!isAnswer(output)) return [];
  return [...wholeAnswerEvents(output)].flatMap((event) =>
    Object.entries(event).map(([name, payload]) => ({ event: name, payload })),
  );
}

/** What the SDK has decoded is of this shape; nobody else writes an attempt's output. */
function isAnswer(output: unknown): output is ConverseCommandOutput {
  return typeof output === "object" && output !== null && "$metadata" in output;
}
