import type { Gate } from "./gate.ts";
import { ToolError, type ToolSuccess } from "./tool.ts";

/** What the model may read of a text from outside; undefined where every text may be read as it is. */
export type GuardText = ((text: string) => Promise<string>) | undefined;

/**
 * A gate behind which the text of each result is guarded before the model reads it. A failure's text comes from outside
 * as well: a task's output, for one.
 */
export function guardedGate(gate: Gate, guardOf: (tool: string, signal: AbortSignal) => Promise<GuardText>): Gate {
  return {
    beginTurn: (turnId) => gate.beginTurn(turnId),
    addUntrusted: () => gate.addUntrusted(),
    lift: (pause) => gate.lift(pause),
    refused: (call, message) => gate.refused(call, message),
    authorize: async (call, signal) => {
      const verdict = await gate.authorize(call, signal);
      if (verdict.kind !== "allow") return verdict;
      return {
        ...verdict,
        run: async (context) => {
          const guard = await guardOf(call.tool, context.signal);
          return guard === undefined ? verdict.run(context) : guarded(() => verdict.run(context), guard);
        },
      };
    },
  };
}

async function guarded(run: () => Promise<ToolSuccess>, guard: NonNullable<GuardText>): Promise<ToolSuccess> {
  try {
    const success = await run();
    const content = [];
    for (const block of success.content) {
      const text = block.text ?? (block.json === undefined ? "" : JSON.stringify(block.json));
      const left = text.trim() === "" ? text : await guard(text);
      content.push(left === text ? block : { text: left });
    }
    return { ...success, content };
  } catch (error) {
    throw error instanceof ToolError ? new ToolError(await guard(error.message)) : error;
  }
}
