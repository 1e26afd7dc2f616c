import type { ContentBlock, ConverseCommandOutput, ConverseStreamOutput } from "@aws-sdk/client-bedrock-runtime";

/**
 * The events that a stream of the same answer would have had, for models that answer only as a whole. Without a
 * `stopReason` there is no `messageStop`, so that such an answer counts as cut off.
 */
export function* wholeAnswerEvents(answer: ConverseCommandOutput): Generator<ConverseStreamOutput> {
  const message = answer.output?.message;
  if (message === undefined) return;
  yield { messageStart: { role: message.role ?? "assistant" } };
  for (const [index, block] of (message.content ?? []).entries()) yield* blockEvents(index, block);
  const { stopReason, usage, metrics, trace, serviceTier, performanceConfig } = answer;
  if (stopReason !== undefined) yield { messageStop: { stopReason } };
  yield {
    metadata: {
      usage,
      metrics: { latencyMs: metrics?.latencyMs },
      ...(trace !== undefined && { trace }),
      ...(serviceTier !== undefined && { serviceTier }),
      ...(performanceConfig !== undefined && { performanceConfig }),
    },
  };
}

function* blockEvents(contentBlockIndex: number, block: ContentBlock): Generator<ConverseStreamOutput> {
  if (block.toolUse !== undefined) {
    const { toolUseId, name, input, type } = block.toolUse;
    const toolUse = { toolUseId, name, ...(type !== undefined && { type }) };
    yield { contentBlockStart: { contentBlockIndex, start: { toolUse } } };
    yield { contentBlockDelta: { contentBlockIndex, delta: { toolUse: { input: JSON.stringify(input ?? {}) } } } };
  } else if (block.reasoningContent !== undefined) {
    const { reasoningText, redactedContent } = block.reasoningContent;
    const parts = [
      ...(reasoningText?.text === undefined ? [] : [{ text: reasoningText.text }]),
      ...(reasoningText?.signature === undefined ? [] : [{ signature: reasoningText.signature }]),
      ...(redactedContent === undefined ? [] : [{ redactedContent }]),
    ];
    for (const reasoningContent of parts)
      yield { contentBlockDelta: { contentBlockIndex, delta: { reasoningContent } } };
  } else {
    const cited = block.citationsContent?.content?.map(({ text = "" }) => text).join("");
    const text = block.text ?? cited;
    if (text !== undefined) yield { contentBlockDelta: { contentBlockIndex, delta: { text } } };
  }
  yield { contentBlockStop: { contentBlockIndex } };
}
