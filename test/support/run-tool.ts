import type { PreparedCall, Tool } from "../../src/agent/tool.ts";

export interface ToolRun {
  readonly call: PreparedCall;
  /** Past tense. */
  readonly title: string;
  readonly exitCode: number | undefined;
  readonly whenCut: string | undefined;
  readonly warning: true | undefined;
  /** The result's text, which the gate makes fit for the model. */
  readonly text: string;
  /** What came while it ran, in one. */
  readonly live: string;
}

/** Prepares and runs a tool as the loop does, without a gate. */
export async function runTool(
  tool: Tool,
  input: unknown,
  signal: AbortSignal = new AbortController().signal,
): Promise<ToolRun> {
  let live = "";
  const call = await tool.prepare(input, signal);
  const { content, title, exitCode, whenCut, warning } = await call.run({
    signal,
    output: (text) => {
      live += text;
    },
  });
  return { call, title, exitCode, whenCut, warning, text: content.map(({ text = "" }) => text).join("\n"), live };
}
