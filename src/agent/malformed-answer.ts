import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { ModelError } from "./model.ts";
import type { StreamedMessage } from "./stream-message.ts";

/** What the model is told when it is asked again. */
export const repairRequest: Message = {
  role: "user",
  content: [
    {
      text: "Your last message held a tool call that could not be read. Nothing was run. Send the message again, with the input of every tool call as one valid JSON object.",
    },
  ],
};

/**
 * A whole message that is no answer: the model itself says that it is malformed, or announces a tool call and makes
 * none. Worth asking once more.
 */
export function malformedAnswer({ stopReason, toolUses }: StreamedMessage): ModelError | undefined {
  switch (stopReason) {
    case "malformed_tool_use":
      return failure("malformed_tool_use", "The model wrote a tool call that cannot be read.", stopReason);
    case "malformed_model_output":
      return failure("model_error", "The model's answer was malformed.", stopReason);
    case "tool_use":
      return toolUses.length > 0
        ? undefined
        : failure("model_error", "The model announced a tool call and made none.", stopReason);
  }
  return undefined;
}

function failure(kind: "malformed_tool_use" | "model_error", message: string, stopReason: string): ModelError {
  const detail = `stopReason ${stopReason}`;
  return new ModelError({ kind, message, detail, actions: ["retry", "select-model"] }, { most: 1, baseMs: 0 });
}
