import type { ApprovalDecision, ApprovalRequest } from "../protocol/approval.ts";
import type { TurnPause } from "../protocol/turn-pause.ts";
import type { AllowAll } from "./allow-all.ts";
import type { AuditEntry } from "./audit/audit-record.ts";
import type { TurnLimits } from "./budgets/budget-limits.ts";
import type { ShellParser } from "./commands/shell-parser.ts";
import type { PathContext } from "./paths/path-context.ts";
import type { Redactor } from "./redaction/redactor.ts";
import type { ResultFitter } from "./result-fitter.ts";
import type { RepositoryPolicies } from "./rules/repository-policies.ts";
import type { RuleBook } from "./rules/rule-book.ts";

/** The way to the user. Resolves with the answer to exactly this request; rejects when the signal is aborted. */
export type AskUser = (request: ApprovalRequest, signal: AbortSignal) => Promise<ApprovalDecision>;

export interface PolicyGateOptions {
  readonly session: string;
  readonly paths: PathContext;
  readonly isTrusted: () => boolean;
  readonly parser: () => Promise<ShellParser | undefined>;
  readonly rules: RuleBook;
  readonly repository: RepositoryPolicies;
  readonly redactor: Redactor;
  readonly results: ResultFitter;
  /** Resolves when the entry is on the disk; where it rejects, no tool runs. */
  readonly record: (entry: AuditEntry) => Promise<unknown>;
  readonly limits: () => TurnLimits;
  readonly allowAll: Pick<AllowAll, "isOn">;
  readonly ask: AskUser;
  /** Something that the user should know: calls that ran in a row, a problem with the repository's policy. */
  readonly notify: (text: string) => void;
  /** A turn begins, or goes on after a pause: for what is counted elsewhere. */
  readonly onTurn: (turnId: string) => void;
  readonly onLift: (pause: TurnPause) => void;
  /** Content from outside the workspace has come into the session; told once. */
  readonly onUntrusted: () => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}
