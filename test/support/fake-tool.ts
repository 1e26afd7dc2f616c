import type { PreparedCall, Tool } from "../../src/agent/tool.ts";

export type FakeCall = Partial<Omit<PreparedCall, "run">> & Pick<PreparedCall, "run">;

/** A tool without schema: `prepare` says what a call with this input is. */
export function fakeTool(name: string, prepare: (input: unknown, signal: AbortSignal) => FakeCall): Tool {
  return {
    name,
    description: `The tool ${name}.`,
    inputSchema: { type: "object" },
    effect: "read",
    limits: [],
    streamingTitle: `${name}…`,
    prepare: async (input, signal) => ({
      title: `Doing ${name}`,
      effect: "read",
      targets: [],
      subject: { question: `Do ${name}?`, details: [] },
      timeoutMs: 60_000,
      ...prepare(input, signal),
    }),
  };
}

/** A read that answers with this text. */
export function answeringTool(name: string, text: string): Tool {
  return fakeTool(name, () => ({ run: async () => ({ content: [{ text }], title: `Did ${name}` }) }));
}
