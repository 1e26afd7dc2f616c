import type { ToolResultBlock } from "@aws-sdk/client-bedrock-runtime";
import type { AssembledToolUse } from "./message-assembler.ts";
import { type ReadiedCall, readyToolCall, runToolCall, type ToolCallOptions } from "./run-tool-call.ts";

/** A call of the history's last message, answered already or still to be gone through. */
export type OpenCall =
  | { readonly kind: "answered"; readonly result: ToolResultBlock }
  | { readonly kind: "open"; readonly use: AssembledToolUse };

/**
 * Calls that only read run side by side. What has an effect runs alone, in the model's order, after the reads before
 * it and before the reads behind it. One result for each call, in order.
 */
export async function answerCalls(
  calls: readonly OpenCall[],
  options: ToolCallOptions,
): Promise<readonly ToolResultBlock[]> {
  const readied = await Promise.all(
    calls.map(async (call) => (call.kind === "answered" ? call : readyToolCall(call.use, options))),
  );
  const results: Promise<ToolResultBlock>[] = [];
  for (const entry of readied) {
    if (hasEffect(entry)) await Promise.all(results);
    const result = runReadied(entry, options);
    results.push(result);
    if (hasEffect(entry)) await result;
  }
  return Promise.all(results);
}

type Readied = ReadiedCall | Extract<OpenCall, { kind: "answered" }>;

function hasEffect(entry: Readied): boolean {
  return entry.kind === "prepared" && entry.call.effect !== "read";
}

async function runReadied(entry: Readied, options: ToolCallOptions): Promise<ToolResultBlock> {
  return entry.kind === "answered" ? entry.result : runToolCall(entry, options);
}
