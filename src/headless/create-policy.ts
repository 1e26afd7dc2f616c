import { join } from "node:path";
import { AuditLog } from "../policy/audit/audit-log.ts";
import { defaultSpendLimits, defaultTurnLimits } from "../policy/budgets/budget-limits.ts";
import { DayLedger, localDay } from "../policy/budgets/day-ledger.ts";
import { createPathContext } from "../policy/paths/path-context.ts";
import { type LiveSecret, Redactor } from "../policy/redaction/redactor.ts";
import type { StoredRule } from "../policy/rules/rule-book.ts";
import { SessionPolicy, type SessionPolicyOptions } from "../policy/session-policy.ts";
import { UsageLedger } from "../policy/usage/usage-ledger.ts";
import { WholeResults } from "../tools/results/whole-results.ts";
import { lazyShellParser } from "./lazy-shell-parser.ts";
import { keepResultsIn, outputFolder } from "./output-files.ts";
import { publishedPrice } from "./published-price.ts";
import { stateFolder } from "./state-folder.ts";

export interface HeadlessPolicy {
  /** As it was opened. */
  readonly session: string;
  readonly folder: string;
  readonly secrets: readonly LiveSecret[];
  /** The user's, for this turn. */
  readonly rules: readonly StoredRule[];
  /** US dollars that the session had cost before. */
  readonly spentInSession?: number;
  readonly onBill?: NonNullable<SessionPolicyOptions["onBill"]>;
  readonly report: (error: unknown) => void;
}

/** The policy of a turn without VS Code: the folder is trusted, since its user named it, and no rule outlives the turn. */
export function createPolicy({
  session,
  folder,
  secrets,
  rules,
  onBill,
  report,
  spentInSession = 0,
}: HeadlessPolicy): SessionPolicy {
  const state = stateFolder();
  const redactor = new Redactor({ liveSecrets: secrets });
  const audit = new AuditLog({ folder: join(state, "audit"), redactor });
  const outputs = outputFolder(state, session);
  return new SessionPolicy({
    session,
    paths: createPathContext({
      folders: () => [folder],
      ownFolders: [state],
      readableFolders: [outputs],
    }),
    results: new WholeResults(keepResultsIn(outputs)),
    isTrusted: () => true,
    parser: lazyShellParser(),
    // What a yes on the terminal makes is gone with the process.
    ruleStore: { load: () => rules, save: async () => undefined },
    redactor,
    record: (entry) => audit.append(entry),
    ledger: new DayLedger(join(state, "spend"), () => localDay(new Date())),
    // The loop counts model calls itself: --max-steps.
    turnLimits: () => ({ ...defaultTurnLimits, steps: Number.MAX_SAFE_INTEGER }),
    spendLimits: () => defaultSpendLimits,
    now: Date.now,
    spentInSession,
    priceOf: publishedPrice,
    usage: new UsageLedger({ folder: join(state, "usage"), report }),
    ...(onBill !== undefined && { onBill }),
  });
}
