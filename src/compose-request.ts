import { workspace } from "vscode";
import type { AnswererFacts, SavedOf } from "./agent/answerer-facts.ts";
import type { GuardText } from "./agent/guarded-gate.ts";
import { type JudgedPiece, judgeText, type TextGuard } from "./agent/judge-text.ts";
import type { BedrockSettings } from "./bedrock/bedrock-settings.ts";
import type { HeldClient } from "./bedrock/client-slot.ts";
import type { BedrockModel } from "./bedrock/converse-stream.ts";
import { answererFacts, billedModel } from "./bedrock/request/answerer-facts.ts";
import { cleanMetadata } from "./bedrock/request/clean-metadata.ts";
import type { RequestSettings } from "./bedrock/request/request-settings.ts";
import { readRepository } from "./headless/git-repository.ts";
import { type PriceOf, savedOf } from "./policy/budgets/price-of.ts";
import type { BedrockConnection, Connection } from "./protocol/chat-event.ts";
import { readRequestChoices } from "./vscode/request-settings.ts";

/** What the settings of this moment want of every request of a session. Loaded with the first turn. */
export async function requestOf(session: string, root: string | undefined): Promise<RequestSettings> {
  const {
    metadata: wanted,
    guardrailToolResults: _,
    ...choices
  } = readRequestChoices(workspace.getConfiguration("outcrop"));
  const folder = wanted.repository || wanted.branch ? root : undefined;
  const { repository, branch } = folder === undefined ? {} : await readRepository(folder);
  const metadata = cleanMetadata({
    repository: wanted.repository ? repository : undefined,
    branch: wanted.branch ? branch : undefined,
    session: wanted.session ? session : undefined,
  });
  return { ...choices, metadata };
}

/** What is asked of this model, and by whose price it is paid. */
export function factsOf(
  settings: BedrockSettings,
  { capabilities }: BedrockModel,
  priceOf: PriceOf,
): { readonly facts: AnswererFacts; readonly billed: string } {
  const billed = billedModel(settings, priceOf);
  const price = priceOf(billed);
  const saved: SavedOf | undefined = price.source === "unknown" ? undefined : (usage) => savedOf(usage, price);
  return { facts: answererFacts(settings, capabilities, saved), billed };
}

/** Guards texts by the guardrail of the settings of that moment, where the chat is; undefined where there is none, or the demo answers. */
export function guardText(
  connection: Connection,
  guard: Pick<TextGuard, "notify" | "report"> & { readonly hold: (where: BedrockConnection) => Promise<HeldClient> },
  tool: string,
  signal: AbortSignal,
): GuardText {
  const { guardrail, guardrailToolResults } = readRequestChoices(workspace.getConfiguration("outcrop"));
  if (guardrail === undefined || !guardrailToolResults || connection.kind === "demo") return undefined;
  const judge = async (text: string): Promise<readonly JudgedPiece[]> => {
    const { applyGuardrail } = await import("./bedrock/guardrail/apply-guardrail.ts");
    return applyGuardrail(await guard.hold(connection), guardrail, text, signal);
  };
  return (text) => judgeText(text, tool, { ...guard, judge }, signal);
}
