import type { ToolResultBlock } from "@aws-sdk/client-bedrock-runtime";
import type { AssembledToolUse } from "./message-assembler.ts";
import {
  type InTurn,
  mayHaveEffect,
  type ReadiedCall,
  readyToolCall,
  runToolCall,
  type ToolCallOptions,
} from "./run-tool-call.ts";

/** A call of the history's last message, answered already or still to be gone through. */
export type OpenCall =
  | { readonly kind: "answered"; readonly result: ToolResultBlock }
  | { readonly kind: "open"; readonly use: AssembledToolUse };

/**
 * Calls that only read, on the disk or from a server, run side by side. What has an effect runs alone, in the model's order, after the reads before
 * it and before the reads behind it. Writes of different files that follow each other are asked about together, and
 * each is made when it is answered. One result for each call, in order.
 */
export async function answerCalls(
  calls: readonly OpenCall[],
  options: ToolCallOptions,
): Promise<readonly ToolResultBlock[]> {
  const readied = await Promise.all(
    calls.map(async (call) => (call.kind === "answered" ? call : readyToolCall(call.use, options))),
  );
  const results: Promise<ToolResultBlock>[] = [];
  for (const group of askedTogether(readied)) {
    const isAlone = group.some(hasEffect);
    if (isAlone) await Promise.all(results);
    const inTurn = oneByOne();
    results.push(...group.map((entry) => runReadied(entry, options, inTurn)));
    if (isAlone) await Promise.all(results);
  }
  return Promise.all(results);
}

type Readied = ReadiedCall | Extract<OpenCall, { kind: "answered" }>;

/** Also what can only fail as things are now: a call before it may bring what it needs. */
function hasEffect(entry: Readied): boolean {
  return entry.kind === "prepared" && mayHaveEffect(entry.call);
}

/** Writes that follow each other and have no file in common; every other call by itself. */
function askedTogether(entries: readonly Readied[]): readonly (readonly Readied[])[] {
  const groups: Readied[][] = [];
  for (const entry of entries) {
    const files = writtenFiles(entry);
    const last = groups.at(-1) ?? [];
    const taken = last.map(writtenFiles);
    const joins = files.length > 0 && taken.length > 0 && taken.every((others) => areApart(files, others));
    if (joins) last.push(entry);
    else groups.push([entry]);
  }
  return groups;
}

/** None for what is no write. */
function writtenFiles(entry: Readied): readonly string[] {
  if (entry.kind !== "prepared" || entry.call.effect !== "write") return [];
  return entry.call.targets.map(({ canonical, path }) => canonical ?? path);
}

function areApart(files: readonly string[], others: readonly string[]): boolean {
  return others.length > 0 && files.every((file) => !others.includes(file));
}

/** Runs one thing at a time, in the order in which they come. */
function oneByOne(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const next = last.then(run);
    last = next.catch(() => undefined);
    return next;
  };
}

async function runReadied(entry: Readied, options: ToolCallOptions, inTurn: InTurn): Promise<ToolResultBlock> {
  return entry.kind === "answered" ? entry.result : runToolCall(entry, options, inTurn);
}
