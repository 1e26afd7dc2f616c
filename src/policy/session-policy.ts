import type { Gate } from "../agent/gate.ts";
import type { Model } from "../agent/model.ts";
import { AllowAll } from "./allow-all.ts";
import type { AuditEntry } from "./audit/audit-record.ts";
import type { Bill } from "./budgets/bill.ts";
import type { SpendLimits, TurnLimits } from "./budgets/budget-limits.ts";
import type { DayLedger } from "./budgets/day-ledger.ts";
import { type Meter, meteredModel } from "./budgets/metered-model.ts";
import { type NearCap, nearCapText } from "./budgets/near-cap.ts";
import type { PriceOf } from "./budgets/price-of.ts";
import { SpendBudget } from "./budgets/spend-budget.ts";
import type { ShellParser } from "./commands/shell-parser.ts";
import type { PathContext } from "./paths/path-context.ts";
import { PolicyGate } from "./policy-gate.ts";
import type { AskUser } from "./policy-gate-options.ts";
import { FileGuard } from "./redaction/file-guard.ts";
import { maskedModel } from "./redaction/masked-model.ts";
import type { Redactor } from "./redaction/redactor.ts";
import type { ResultFitter } from "./result-fitter.ts";
import { RepositoryPolicies } from "./rules/repository-policies.ts";
import { RuleBook, type RuleStore } from "./rules/rule-book.ts";
import type { UsageLedger } from "./usage/usage-ledger.ts";
import type { CallPlace } from "./usage/usage-record.ts";

export interface SessionPolicyOptions {
  readonly session: string;
  readonly paths: PathContext;
  readonly isTrusted: () => boolean;
  readonly parser: () => Promise<ShellParser | undefined>;
  readonly ruleStore: RuleStore;
  readonly redactor: Redactor;
  readonly results: ResultFitter;
  /** Resolves when the entry is on the disk. */
  readonly record: (entry: AuditEntry) => Promise<unknown>;
  readonly ledger: DayLedger;
  readonly turnLimits: () => TurnLimits;
  readonly spendLimits: () => SpendLimits;
  readonly now: () => number;
  /** Whether the user may turn Allow All on, and it stays on; left out: never. */
  readonly mayAllowAll?: () => boolean;
  /** Allow All went on or off. */
  readonly onAllowAll?: () => void;
  /** US dollars that a restored session had cost. */
  readonly spentInSession?: number;
  /** Left out: the bundled table's. */
  readonly priceOf?: PriceOf;
  /** Where every call is written down. */
  readonly usage?: Pick<UsageLedger, "append">;
  /** Told what is known of the cost of each call. Must not throw. */
  readonly onBill?: (bill: Bill) => void;
  /** Most of a cap is spent: for a question that no webview answers. Must not throw. */
  readonly onNearCap?: (near: NearCap) => void;
}

/** A model whose calls cost: by what they are priced, and where they go. */
export type Priced = Pick<Meter, "modelId" | "maxTokens" | "cachesForHour"> & CallPlace;

/** Everything that decides, limits, masks and records for one session: made once, of parts that know nothing of one another. */
export class SessionPolicy {
  readonly rules: RuleBook;
  readonly spend: SpendBudget;
  /** What tools ask before they hand on the text of a file. */
  readonly files: FileGuard;
  readonly allowAll: AllowAll;
  readonly #options: SessionPolicyOptions;
  readonly #repository: RepositoryPolicies;
  #turnId = "";
  #notify: (text: string) => void = () => undefined;

  constructor(options: SessionPolicyOptions) {
    this.#options = options;
    this.#repository = new RepositoryPolicies(options.paths.folders);
    this.rules = new RuleBook({ store: options.ruleStore, repository: () => this.#repository.rules });
    this.spend = new SpendBudget(options.ledger, options.spendLimits(), options.spentInSession, {
      ...(options.priceOf !== undefined && { priceOf: options.priceOf }),
      onNear: (near) => {
        this.#notify(nearCapText(near));
        options.onNearCap?.(near);
      },
    });
    this.files = new FileGuard(options.paths, options.redactor);
    const { session, record, mayAllowAll = () => false, onAllowAll = () => undefined } = options;
    this.allowAll = new AllowAll({ session, record, mayBeOn: mayAllowAll, onChange: onAllowAll });
  }

  /**
   * The one gate of the session's tool calls. `notify` tells the user something that is no question; `onUntrusted`: content
   * from outside the workspace has come into the session.
   */
  createGate(ask: AskUser, notify: (text: string) => void, onUntrusted: () => void = () => undefined): Gate {
    const { turnLimits, spendLimits } = this.#options;
    this.#notify = notify;
    return new PolicyGate({
      ...this.#options,
      rules: this.rules,
      repository: this.#repository,
      limits: turnLimits,
      allowAll: this.allowAll,
      ask,
      notify,
      onTurn: (turnId) => {
        this.#turnId = turnId;
        this.spend.beginTurn(spendLimits().perTurn);
      },
      onLift: ({ what }) => this.spend.lift(what, spendLimits()),
      onUntrusted,
    });
  }

  /**
   * A gate for what the user attaches: the same rules, outside of any turn, with counts of its own. `onUntrusted`: what
   * was read is from outside the workspace.
   */
  createContextGate(ask: AskUser, onUntrusted: () => void): Gate {
    const { turnLimits } = this.#options;
    const nothing = (): void => undefined;
    return new PolicyGate({
      ...this.#options,
      rules: this.rules,
      repository: this.#repository,
      limits: turnLimits,
      allowAll: { isOn: false },
      ask,
      notify: nothing,
      onTurn: nothing,
      onLift: nothing,
      onUntrusted,
    });
  }

  /** The model, with secrets masked in every request, and with every call counted against the caps where it costs. */
  guardModel(model: Model, priced?: Priced): Model {
    const masked = maskedModel(model, this.mask);
    if (priced === undefined) return masked;
    const { modelId, maxTokens, cachesForHour = false, ...place } = priced;
    return meteredModel(masked, {
      ...{ modelId, maxTokens, cachesForHour, spend: this.spend },
      onCost: this.#recordCost,
      onBill: (bill) => this.#writeDown(modelId, place, bill),
    });
  }

  #writeDown(model: string, { region, endpoint, profile }: CallPlace, bill: Bill): void {
    const { session, usage, onBill } = this.#options;
    onBill?.(bill);
    usage?.append({
      session,
      ...{ model, region: region ?? null, host: hostOf(endpoint), profile: profile ?? null },
      ...{ usage: bill.usage ?? null, cost: bill.cost ?? null, saved: bill.saved ?? null, prices: bill.prices },
    });
  }

  /** The answer is there and paid for: where the line cannot be written, the next tool call says so. */
  readonly #recordCost = async (cost: number): Promise<void> => {
    const { session, record } = this.#options;
    await record({ event: "cost", session, turn: this.#turnId, cost }).catch(() => undefined);
  };

  /** The exits to the disk, the log and the screen. */
  readonly mask = (text: string): string => this.#options.redactor.redact(text);
}

/** Without a name, a password or a path, which may be secrets. */
function hostOf(endpoint: string | undefined): string | null {
  if (endpoint === undefined) return null;
  return URL.canParse(endpoint) ? new URL(endpoint).host : null;
}
