import type { Gate } from "../agent/gate.ts";
import type { Model } from "../agent/model.ts";
import type { AuditEntry } from "./audit/audit-record.ts";
import type { SpendLimits, TurnLimits } from "./budgets/budget-limits.ts";
import type { DayLedger } from "./budgets/day-ledger.ts";
import { type Meter, meteredModel } from "./budgets/metered-model.ts";
import { SpendBudget } from "./budgets/spend-budget.ts";
import type { ShellParser } from "./commands/shell-parser.ts";
import type { PathContext } from "./paths/path-context.ts";
import { PolicyGate } from "./policy-gate.ts";
import type { AskUser } from "./policy-gate-options.ts";
import { FileGuard } from "./redaction/file-guard.ts";
import { maskedModel } from "./redaction/masked-model.ts";
import type { Redactor } from "./redaction/redactor.ts";
import { RepositoryPolicies } from "./rules/repository-policies.ts";
import { RuleBook, type RuleStore } from "./rules/rule-book.ts";

export interface SessionPolicyOptions {
  readonly session: string;
  /** US dollars that it has cost before now. */
  readonly spent: number;
  readonly paths: PathContext;
  readonly isTrusted: () => boolean;
  readonly parser: () => Promise<ShellParser | undefined>;
  readonly ruleStore: RuleStore;
  readonly redactor: Redactor;
  /** Resolves when the entry is on the disk. */
  readonly record: (entry: AuditEntry) => Promise<unknown>;
  readonly ledger: DayLedger;
  readonly turnLimits: () => TurnLimits;
  readonly spendLimits: () => SpendLimits;
  readonly now: () => number;
}

/** Everything that decides, limits, masks and records for one session: made once, of parts that know nothing of one another. */
export class SessionPolicy {
  readonly rules: RuleBook;
  readonly spend: SpendBudget;
  /** What tools ask before they hand on the text of a file. */
  readonly files: FileGuard;
  readonly #options: SessionPolicyOptions;
  readonly #repository: RepositoryPolicies;
  #turnId = "";

  constructor(options: SessionPolicyOptions) {
    this.#options = options;
    this.#repository = new RepositoryPolicies(options.paths.folders);
    this.rules = new RuleBook({ store: options.ruleStore, repository: () => this.#repository.rules });
    this.spend = new SpendBudget(options.ledger, options.spendLimits(), options.spent);
    this.files = new FileGuard(options.paths, options.redactor);
  }

  /** The one gate of the session's tool calls. `notify` tells the user something that is no question. */
  createGate(ask: AskUser, notify: (text: string) => void): Gate {
    const { turnLimits, spendLimits } = this.#options;
    return new PolicyGate({
      ...this.#options,
      rules: this.rules,
      repository: this.#repository,
      limits: turnLimits,
      ask,
      notify,
      onTurn: (turnId) => {
        this.#turnId = turnId;
        this.spend.beginTurn(spendLimits().perTurn);
      },
      onLift: ({ what }) => this.spend.lift(what, spendLimits()),
    });
  }

  /** The model, with secrets masked in every request, and with every call counted against the caps where it costs. */
  guardModel(model: Model, priced?: Pick<Meter, "modelId" | "maxTokens">): Model {
    const masked = maskedModel(model, this.mask);
    return priced === undefined
      ? masked
      : meteredModel(masked, { ...priced, spend: this.spend, onCost: this.#recordCost });
  }

  /** The answer is there and paid for: where the line cannot be written, the next tool call says so. */
  readonly #recordCost = async (cost: number): Promise<void> => {
    const { session, record } = this.#options;
    await record({ event: "cost", session, turn: this.#turnId, cost }).catch(() => undefined);
  };

  /** The exits to the disk, the log and the screen. */
  readonly mask = (text: string): string => this.#options.redactor.redact(text);
}
