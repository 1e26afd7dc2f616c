import type { AssembledToolUse } from "./message-assembler.ts";
import { type Tool, ToolError } from "./tool.ts";
import { untilAborted } from "./until-aborted.ts";

/** What is wrong with the inputs of calls that will not run, for the model: what does not parse or not fit the schema. */
export async function inputProblems(
  uses: readonly AssembledToolUse[],
  tools: ReadonlyMap<string, Tool>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const problems = await Promise.all(uses.map((use) => inputProblem(use, tools.get(use.name), signal)));
  return problems.flatMap((problem, index) => (problem === undefined ? [] : [`${uses[index]?.name}: ${problem}`]));
}

async function inputProblem(
  { name, input }: AssembledToolUse,
  tool: Tool | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (input.kind === "invalid") return input.problem;
  if (tool === undefined) return `There is no tool "${name}".`;
  try {
    await untilAborted(tool.prepare(input.value, signal), signal);
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    return error instanceof ToolError && error.message.startsWith("E_SCHEMA ") ? error.message : undefined;
  }
}
