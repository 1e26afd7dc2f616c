import { randomUUID } from "node:crypto";
import type { Gate } from "../../agent/gate.ts";
import { type Tool, ToolError, type ToolSuccess } from "../../agent/tool.ts";

/** Runs a tool for the user as it would run for the model: past the same gate. Throws a `ToolError` where it does not run. */
export async function runGated(tool: Tool, input: unknown, gate: Gate, signal: AbortSignal): Promise<ToolSuccess> {
  const prepare = () => tool.prepare(input, signal);
  const call = await prepare();
  const verdict = await gate.authorize({ id: randomUUID(), tool: tool.name, input, call, prepare }, signal);
  switch (verdict.kind) {
    case "allow": {
      const limit = Number.isFinite(verdict.timeoutMs) ? [AbortSignal.timeout(verdict.timeoutMs)] : [];
      return verdict.run({ signal: AbortSignal.any([signal, ...limit]), output: () => undefined });
    }
    case "deny":
      throw new ToolError(verdict.message);
    case "pause":
      throw new ToolError(verdict.pause.message);
  }
}

/** What a person is told of a failure: its first sentence, without the code, which is for the model. */
export function reasonForUser(error: ToolError): string {
  const text = error.message.replace(/^E_[A-Z_]+:? /u, "");
  const [first = text] = /^[\s\S]+?(?:[.!?](?=\s|$)|[。！？])/u.exec(text) ?? [];
  return first.trim();
}
