import * as z from "zod";
import { isReasoningUnchanged } from "../reply/reasoning-signature.ts";
import type { ModelFamily } from "./model-family.ts";
import type { ConverseRequest, Message } from "./request-shape.ts";
import { type Violation, violation } from "./violation.ts";

const thinkingSchema = z.object({
  thinking: z.object({ type: z.string() }).optional(),
});

/** Reasoning comes back where and as it was, signed where the model signs. */
export function reasoningRules(request: ConverseRequest, family: ModelFamily): readonly Violation[] {
  const messages = request.messages ?? [];
  const parsed = thinkingSchema.safeParse(request.additionalModelRequestFields ?? {});
  const thinking = parsed.success ? parsed.data.thinking : undefined;
  return [
    ...messages.flatMap((message, index) => blocks(message, index, family)),
    ...(thinking?.type === "enabled" && family.name === "claude" ? lostThinking(messages) : []),
  ];
}

function blocks(message: Message, index: number, family: ModelFamily): readonly Violation[] {
  return message.content.flatMap(({ reasoningContent }, position) => {
    const path = `messages.${index}.content.${position}`;
    if (reasoningContent === undefined) {
      return [];
    }
    if (message.role !== "assistant") {
      return [violation("reasoning-role", path, `${path}: \`thinking\` blocks can only be in \`assistant\` messages`)];
    }
    const text = reasoningContent.reasoningText;
    if (text === undefined) {
      return [];
    }
    if (text.signature === undefined) {
      return family.name === "claude"
        ? [violation("unsigned-reasoning", path, `${path}.thinking.signature: Field required`)]
        : [];
    }
    if (!family.hasReasoningSignature) {
      return [
        violation(
          "signature-unsupported",
          path,
          "This model doesn't support the reasoningContent.reasoningText.signature field. Remove reasoningContent.reasoningText.signature and try again.",
        ),
      ];
    }
    return isReasoningUnchanged(text.text, text.signature)
      ? []
      : [
          violation(
            "reasoning-changed",
            path,
            `${path}: \`thinking\` or \`redacted_thinking\` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.`,
          ),
        ];
  });
}

/** Within the tool loop that goes on, every assistant message has to begin with its reasoning. */
function lostThinking(messages: readonly Message[]): readonly Violation[] {
  const lastPrompt = messages.findLastIndex(
    ({ role, content }) => role === "user" && !content.some(({ toolResult }) => toolResult !== undefined),
  );
  return messages.flatMap(({ role, content }, index) => {
    const [first] = content;
    const expected = index > lastPrompt && role === "assistant" && content.some(({ toolUse }) => toolUse !== undefined);
    if (!expected || first === undefined || first.reasoningContent !== undefined) {
      return [];
    }
    const path = `messages.${index}.content.0`;
    const kind = first.toolUse === undefined ? "text" : "tool_use";
    return [
      violation(
        "thinking-lost",
        path,
        `${path}.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${kind}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block (preceeding the lastmost set of \`tool_use\` and \`tool_result\` blocks).`,
      ),
    ];
  });
}
