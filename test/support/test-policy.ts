import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Gate } from "../../src/agent/gate.ts";
import { lazyShellParser } from "../../src/headless/lazy-shell-parser.ts";
import { keepResultsIn } from "../../src/headless/output-files.ts";
import type { AuditEntry } from "../../src/policy/audit/audit-record.ts";
import {
  defaultSpendLimits,
  defaultTurnLimits,
  type SpendLimits,
  type TurnLimits,
} from "../../src/policy/budgets/budget-limits.ts";
import { DayLedger } from "../../src/policy/budgets/day-ledger.ts";
import { createPathContext, type PathContext } from "../../src/policy/paths/path-context.ts";
import type { AskUser } from "../../src/policy/policy-gate-options.ts";
import { Redactor } from "../../src/policy/redaction/redactor.ts";
import type { StoredRule } from "../../src/policy/rules/rule-book.ts";
import { SessionPolicy, type SessionPolicyOptions } from "../../src/policy/session-policy.ts";
import { WholeResults } from "../../src/tools/results/whole-results.ts";

export interface TestPolicyOptions
  extends Pick<SessionPolicyOptions, "usage" | "onBill" | "spentInSession" | "mayAllowAll"> {
  readonly folders?: readonly string[];
  readonly paths?: PathContext;
  readonly isTrusted?: () => boolean;
  readonly rules?: readonly string[];
  readonly limits?: Partial<TurnLimits>;
  readonly redactor?: Redactor;
  /** Where results are kept that are too long for the model. */
  readonly outputs?: string;
  readonly record?: (entry: AuditEntry) => Promise<unknown>;
  readonly now?: () => number;
  /** Called before a rule is kept. */
  readonly save?: () => Promise<void>;
  readonly spend?: Partial<SpendLimits>;
}

/** The product's own policy, whose audit log is a list. */
export function testPolicy(options: TestPolicyOptions = {}) {
  const entries: AuditEntry[] = [];
  let stored: readonly StoredRule[] = (options.rules ?? []).map((text, index) => ({ id: `r${index + 1}`, text }));
  const redactor = options.redactor ?? new Redactor();
  const policy = new SessionPolicy({
    session: "s1",
    paths: options.paths ?? createPathContext({ folders: () => options.folders ?? [] }),
    isTrusted: options.isTrusted ?? (() => true),
    parser,
    ruleStore: {
      load: () => stored,
      save: async (rules) => {
        await options.save?.();
        stored = rules;
      },
    },
    redactor,
    results: new WholeResults(keepResultsIn(options.outputs ?? join(tmpdir(), "outcrop-outputs", "s1"))),
    record: options.record ?? (async (entry) => entries.push(entry)),
    ledger: new DayLedger(mkdtempSync(join(tmpdir(), "outcrop-spend-")), () => "2026-11-21"),
    turnLimits: () => ({ ...defaultTurnLimits, steps: 1_000_000, toolCalls: 1_000_000, ...options.limits }),
    spendLimits: () => ({ ...defaultSpendLimits, ...options.spend }),
    now: options.now ?? Date.now,
    ...(options.spentInSession !== undefined && { spentInSession: options.spentInSession }),
    ...(options.usage !== undefined && { usage: options.usage }),
    ...(options.mayAllowAll !== undefined && { mayAllowAll: options.mayAllowAll }),
    ...(options.onBill !== undefined && { onBill: options.onBill }),
  });
  return { policy, entries, redactor, stored: () => stored };
}

const parser = lazyShellParser();

/** Just the gate. */
export function testGate({ ask, ...options }: TestPolicyOptions & { readonly ask: AskUser }): Gate {
  return testPolicy(options).policy.createGate(ask, () => undefined);
}
