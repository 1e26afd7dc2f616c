import type { Gate, GateCall, GateVerdict, RefusedCall } from "../agent/gate.ts";
import { type PreparedCall, ToolError } from "../agent/tool.ts";
import type { ApprovalDecision } from "../protocol/approval.ts";
import type { TurnPause } from "../protocol/turn-pause.ts";
import { type CallIdentity, offersFor, type RulesOffered, toApprovalRequest } from "./approval-request.ts";
import { LoopDetector } from "./budgets/loop-detector.ts";
import { TurnBudget } from "./budgets/turn-budget.ts";
import { CallRecord } from "./call-record.ts";
import type { ClassifiedCall, Situation } from "./classify-call.ts";
import type { Decision } from "./decide-call.ts";
import { makeVisible } from "./display/make-visible.ts";
import { guardedRun } from "./guarded-run.ts";
import { isAsShown, type Judged, judgeCall } from "./judge-call.ts";
import { maskDefinition, maskRequest } from "./mask-shown.ts";
import { OpenQuestions } from "./open-questions.ts";
import type { PolicyGateOptions } from "./policy-gate-options.ts";
import { skipMessage } from "./skip-message.ts";
import { assertStillAllowed } from "./still-allowed.ts";
import { underAllowAll } from "./under-allow-all.ts";
import { UntrustedMark } from "./untrusted-mark.ts";

/** A call on its way through the gate. */
interface Passing extends GateCall {
  readonly record: CallRecord;
  /** For the model, behind the result. */
  readonly warning: string | undefined;
}

type Asking = Judged & { readonly decision: Extract<Decision, { kind: "ask" }> };

/** resolve → classify → decide → ask → check again → run → mask → fit → record. Whatever throws before the run denies. */
export class PolicyGate implements Gate {
  readonly #options: PolicyGateOptions;
  readonly #loops = new LoopDetector();
  readonly #questions = new OpenQuestions();
  /** Canonical paths. */
  readonly #written = new Set<string>();
  #turn: { readonly id: string; readonly budget: TurnBudget };
  readonly #untrusted: UntrustedMark;

  constructor(options: PolicyGateOptions) {
    this.#options = options;
    this.#untrusted = new UntrustedMark(options.onUntrusted);
    this.#turn = { id: "", budget: new TurnBudget(options.now, options.limits()) };
  }

  beginTurn(turnId: string): void {
    this.#turn = { id: turnId, budget: new TurnBudget(this.#options.now, this.#options.limits()) };
    this.#untrusted.beginTurn();
    this.#loops.reset();
    this.#options.rules.beginTurn();
    this.#options.onTurn(turnId);
  }

  addUntrusted(): void {
    this.#untrusted.add();
  }

  lift(pause: TurnPause): void {
    const { what } = pause;
    this.#options.onLift(pause);
    const { toolCalls, wallClockMs } = this.#options.limits();
    if (what === "tool-calls") this.#turn.budget.raise("toolCalls", toolCalls);
    if (what === "wall-clock") this.#turn.budget.raise("wallClockMs", wallClockMs);
    this.#loops.reset();
  }

  async refused(call: RefusedCall, message: string): Promise<TurnPause | undefined> {
    const { pause } = this.#count(call);
    this.#loops.settle(call, "failed");
    await this.#recordOf(call).refused(pause?.message ?? message);
    return pause;
  }

  async authorize(asked: GateCall, signal: AbortSignal): Promise<GateVerdict> {
    const record = this.#recordOf(asked);
    try {
      const { pause, warning } = this.#count(asked);
      if (pause !== undefined) {
        await record.refused(pause.message);
        return { kind: "pause", pause };
      }
      const judged = this.#unlessAllowed(asked, await this.#judge(asked, asked.call));
      await record.decided(judged);
      return await this.#decide({ ...asked, prepare: () => asked.prepare(), record, warning }, judged, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      return { kind: "deny", message: await this.#deniedBy(error, record) };
    }
  }

  async #decide(passing: Passing, judged: Judged, signal: AbortSignal): Promise<GateVerdict> {
    const { decision } = judged;
    switch (decision.kind) {
      case "deny":
        return { kind: "deny", message: `${decision.code}: ${decision.message} Nothing was done.` };
      case "allow": {
        const notice = this.#turn.budget.noteAllowed("automatic");
        if (notice !== undefined) this.#options.notify(notice);
        return this.#permit(passing, judged, decision.reason);
      }
      case "ask":
        return this.#ask(passing, { ...judged, decision }, signal);
    }
  }

  async #judge(asked: Pick<GateCall, "tool" | "input">, call: PreparedCall): Promise<Judged> {
    return judgeCall(asked, call, await this.#situation());
  }

  /** A question that comes while Allow All is on. One that waits is not answered by turning it on. */
  #unlessAllowed(asked: GateCall, judged: Judged): Judged {
    if (!this.#options.allowAll.isOn) return judged;
    const { classified, decision } = judged;
    const offersRule = this.#offers(asked, classified, decision).length > 0;
    const hasReadUntrusted = this.#untrusted.inSession;
    return { ...judged, decision: underAllowAll(decision, classified, { offersRule, hasReadUntrusted }) };
  }

  async #situation(): Promise<Situation> {
    const { paths, isTrusted, rules, repository, parser, now, notify } = this.#options;
    // Nothing of a workspace is read before it is trusted.
    if (isTrusted()) for (const problem of await repository.refresh()) notify(makeVisible(problem));
    return {
      paths,
      isTrusted: isTrusted(),
      rules: rules.rules,
      now: new Date(now()),
      parser,
      written: this.#written,
      hasReadUntrusted: this.#untrusted.inTurn,
    };
  }

  async #ask(passing: Passing, judged: Asking, signal: AbortSignal): Promise<GateVerdict> {
    const { id, tool, input, record } = passing;
    const { classified, decision, digest, call } = judged;
    const { redactor } = this.#options;
    const offers = this.#offers({ tool, input, call }, classified, decision);
    const answered = this.#turn.budget.waitForUser();
    const shown = { decision, classified: maskDefinition(classified, redactor), offers };
    const request = maskRequest(await toApprovalRequest(id, digest, { tool, input, call }, shown), redactor);
    const again = async (): Promise<Judged> => this.#judge(passing, await passing.prepare());
    const answer = await this.#questions
      .ask(
        (either) => this.#options.ask(request, either),
        async () => (await again()).decision.kind === "allow",
        signal,
      )
      .finally(answered);
    signal.throwIfAborted();
    if (answer === undefined) {
      const covered = await again();
      await record.decided(covered);
      return this.#decide(passing, covered, signal);
    }
    this.#turn.budget.noteAllowed("user");
    if (answer.kind === "skip") {
      await record.answered(judged, { decision: "deny", by: "user" });
      return { kind: "deny", message: skipMessage(answer.feedback) };
    }
    const fresh = await again();
    signal.throwIfAborted();
    if (!isAsShown(judged, fresh)) {
      await record.answered(fresh, { decision: "deny", by: "floor" });
      const message = "E_STALE What was shown has changed since. Nothing was done; call the tool again.";
      return { kind: "deny", message };
    }
    await this.#grant(answer, offers, classified);
    await record.answered(fresh, { decision: "allow", by: "user" });
    return this.#permit(passing, fresh);
  }

  /** None that would keep a secret in a rule. */
  #offers(asked: CallIdentity, classified: ClassifiedCall, decision: Decision): readonly RulesOffered[] {
    const { now, redactor } = this.#options;
    const isPlain = (text: string): boolean => redactor.redact(text) === text;
    return offersFor(asked, classified, decision, new Date(now())).filter(({ offer }) => offer.rules.every(isPlain));
  }

  async #grant(
    { grant }: Extract<ApprovalDecision, { kind: "allow" }>,
    offers: readonly RulesOffered[],
    { command, task, foreign }: ClassifiedCall,
  ): Promise<void> {
    const chosen = offers.find(({ offer }) => offer.id === grant?.offer && offer.scopes.includes(grant.scope));
    const definition = (task ?? foreign)?.text;
    if (grant !== undefined && chosen !== undefined) {
      const origin = {
        ...(command !== undefined && { shell: command.shell }),
        ...(definition !== undefined && { definition: this.#options.redactor.redact(definition) }),
      };
      await this.#options.rules.add(chosen.rules, grant.scope, origin);
      await this.#questions.look();
    }
  }

  /** `allowedBy`: why nobody was asked. */
  #permit(passing: Passing, { call, classified, decision }: Judged, allowedBy?: string): GateVerdict {
    const { tool, input, record, warning } = passing;
    const { redactor, results } = this.#options;
    const run = guardedRun(call, {
      ...{ redactor, results },
      allowedBy: allowedBy === undefined ? "user" : "policy",
      budget: this.#turn.budget,
      warning,
      begin: () => assertStillAllowed(decision, this.#options),
      settle: async (exit, bytes) => {
        const changed = call.effect === "read" || call.request?.access === "read" ? "unchanged" : "changed";
        this.#loops.settle({ tool, input }, exit === "failed" || exit === "cancelled" ? "failed" : changed);
        this.#remember(call, classified);
        await record.ended(exit, bytes);
      },
    });
    return { kind: "allow", run, timeoutMs: call.timeoutMs, ...(allowedBy !== undefined && { allowedBy }) };
  }

  /** However the call ended: what failed may have written, and may have told of what it read. */
  #remember({ isForeign }: PreparedCall, { facts, command }: ClassifiedCall): void {
    for (const { access, canonical } of facts.targets) if (access === "write") this.#written.add(canonical);
    for (const { access, pathClass } of command?.paths ?? [])
      if (access !== "read") this.#written.add(pathClass.canonical);
    const { labels } = facts;
    if (isForeign === true || labels.includes("outside workspace") || labels.includes("network")) this.#untrusted.add();
  }

  #count(call: RefusedCall): { readonly pause: TurnPause | undefined; readonly warning: string | undefined } {
    const { tool, input } = call;
    const loop = this.#loops.judge({ tool, input });
    const pause = this.#turn.budget.takeToolCall() ?? (loop.kind === "stop" ? loop.exhaustion : undefined);
    return { pause, warning: loop.kind === "warn" ? loop.message : undefined };
  }

  #recordOf({ id, tool }: RefusedCall): CallRecord {
    const { session, record } = this.#options;
    return new CallRecord({ session, turn: this.#turn.id, id, tool, record });
  }

  async #deniedBy(error: unknown, record: CallRecord): Promise<string> {
    const text = error instanceof Error ? error.message : String(error);
    const isExpected = error instanceof ToolError || /^E_[A-Z_]+/.test(text);
    const message = isExpected ? text : `E_INTERNAL: ${text} Nothing was done.`;
    // Where the record is what failed, that is what the message says already.
    await record.refused(message).catch(() => undefined);
    return this.#options.redactor.redact(message);
  }
}
