import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { t } from "../protocol/localize.ts";
import type { AssembledToolUse } from "./message-assembler.ts";
import { ModelError } from "./model.ts";
import type { StreamedMessage } from "./stream-message.ts";

/** What the model is told when it is asked again. `problem`: what was wrong with its calls. */
export function repairRequest(problem: string): Message {
  const text = `Your last message held a tool call that could not be read, and nothing was run:\n${problem}\nSend the message again, with the input of every tool call as one valid JSON object that fits the tool's schema.`;
  return { role: "user", content: [{ text }] };
}

/**
 * A whole message that is no answer: the model itself says that it is malformed, or announces a tool call and makes
 * none; worth asking once more. Or it says nothing at all, which the user may ask for again.
 */
export async function malformedAnswer(
  streamed: StreamedMessage,
  inputProblems: (uses: readonly AssembledToolUse[]) => Promise<readonly string[]> = async () => [],
): Promise<ModelError | undefined> {
  const { stopReason, toolUses } = streamed;
  const detail = `stopReason ${stopReason}`;
  switch (stopReason) {
    case "malformed_tool_use": {
      const problems = await inputProblems(toolUses);
      const known = problems.length === 0 ? detail : problems.join("\n");
      return failure("malformed_tool_use", t("The model wrote a tool call that cannot be read."), known);
    }
    case "malformed_model_output":
      return failure("model_error", t("The model's answer was malformed."), detail);
    case "tool_use":
      return toolUses.length > 0
        ? undefined
        : failure("model_error", t("The model announced a tool call and made none."), detail);
    case "max_tokens":
    case "guardrail_intervened":
    case "content_filtered":
    case "model_context_window_exceeded":
      return undefined;
  }
  return isEmpty(streamed)
    ? failure("empty_stream", t("The model ended its answer without saying anything."), detail, 0)
    : undefined;
}

/** Thoughts are no answer, and blank text is none. */
function isEmpty({ message: { content = [] } }: StreamedMessage): boolean {
  return content.every(({ text, reasoningContent }) => reasoningContent !== undefined || text?.trim() === "");
}

function failure(
  kind: "malformed_tool_use" | "model_error" | "empty_stream",
  message: string,
  detail: string,
  most = 1,
): ModelError {
  return new ModelError({ kind, message, detail, actions: ["retry", "select-model"] }, { most, baseMs: 0 });
}
