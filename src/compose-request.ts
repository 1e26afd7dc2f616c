import type { GuardText } from "./agent/guarded-gate.ts";
import { type JudgedPiece, judgeText, type TextGuard } from "./agent/judge-text.ts";
import type { RequestSettings } from "./agent/request-settings.ts";
import type { HeldClient } from "./bedrock/client-slot.ts";
import { cleanMetadata } from "./bedrock/request/clean-metadata.ts";
import { readRepository } from "./headless/git-repository.ts";
import type { BedrockConnection, Connection } from "./protocol/connection.ts";
import { readRequestChoices } from "./vscode/request-settings.ts";
import { userSettings } from "./vscode/user-settings.ts";

export { factsOf } from "./headless/facts-of.ts";

/** What the settings of this moment want of every request of a session. Loaded with the first turn. */
export async function requestOf(session: string, root: string | undefined): Promise<RequestSettings> {
  const { metadata: wanted, guardrailToolResults: _, ...choices } = readRequestChoices(userSettings());
  const folder = wanted.repository || wanted.branch ? root : undefined;
  const { repository, branch } = folder === undefined ? {} : await readRepository(folder);
  const metadata = cleanMetadata({
    repository: wanted.repository ? repository : undefined,
    branch: wanted.branch ? branch : undefined,
    session: wanted.session ? session : undefined,
  });
  return { ...choices, metadata };
}

/** Guards texts by the guardrail of the settings of that moment, where the chat is; undefined where there is none, or the demo answers. */
export function guardText(
  connection: Connection,
  guard: Pick<TextGuard, "notify" | "report"> & { readonly hold: (where: BedrockConnection) => Promise<HeldClient> },
  tool: string,
  signal: AbortSignal,
): GuardText {
  const { guardrail, guardrailToolResults } = readRequestChoices(userSettings());
  if (guardrail === undefined || !guardrailToolResults || connection.kind === "demo") return undefined;
  const judge = async (text: string): Promise<readonly JudgedPiece[]> => {
    const { applyGuardrail } = await import("./bedrock/guardrail/apply-guardrail.ts");
    return applyGuardrail(await guard.hold(connection), guardrail, text, signal);
  };
  return (text) => judgeText(text, tool, { ...guard, judge }, signal);
}
