import type { ResultGuard } from "./agent/guarded-gate.ts";
import type { HeldClient } from "./bedrock/client-slot.ts";
import { cleanMetadata } from "./bedrock/request/clean-metadata.ts";
import type { RequestSettings } from "./bedrock/request/request-settings.ts";
import { readRepository } from "./headless/git-repository.ts";
import type { Connection } from "./protocol/chat-event.ts";
import { EditorWorkspace } from "./vscode/editor-workspace.ts";
import { readRequestChoices } from "./vscode/request-settings.ts";

/** What the settings of this moment want of every request of a session. */
export async function requestOf(session: string): Promise<RequestSettings> {
  const { metadata: wanted, guardrailToolResults: _, ...choices } = readRequestChoices();
  const folder = wanted.repository || wanted.branch ? new EditorWorkspace().folders()[0]?.path : undefined;
  const { repository, branch } = folder === undefined ? {} : await readRepository(folder);
  const metadata = cleanMetadata({
    repository: wanted.repository ? repository : undefined,
    branch: wanted.branch ? branch : undefined,
    session: wanted.session ? session : undefined,
  });
  return { ...choices, metadata };
}

/** Judges a result by the guardrail of the settings of that moment; where there is none, or the demo answers, all pass. */
export function judgeResults(
  connection: () => Connection,
  hold: (modelId: string) => Promise<HeldClient>,
): ResultGuard["judge"] {
  return async (text, signal) => {
    const { guardrail, guardrailToolResults } = readRequestChoices();
    const { kind, ...asked } = { modelId: "", ...connection() };
    if (guardrail === undefined || !guardrailToolResults || kind === "demo") return { kind: "passed" };
    const { applyGuardrail } = await import("./bedrock/guardrail/apply-guardrail.ts");
    return applyGuardrail(await hold(asked.modelId), guardrail, text, signal);
  };
}
