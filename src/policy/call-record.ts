import type { AuditEntry, DecisionEntry, OutcomeEntry } from "./audit/audit-record.ts";
import { makeVisibleLine } from "./display/make-visible.ts";
import type { Judged } from "./judge-call.ts";

export interface CallRecordOptions {
  readonly session: string;
  readonly turn: string;
  readonly id: string;
  readonly tool: string;
  /** Resolves when the entry is on the disk. */
  readonly record: (entry: AuditEntry) => Promise<unknown>;
}

/** Longest name of a tool that a record keeps: a model may call it as it likes. */
const longestName = 64;

/** The lines of the audit log about one call. Every method rejects where its line cannot be written. */
export class CallRecord {
  readonly #of: Pick<DecisionEntry, "session" | "turn" | "call" | "tool">;
  readonly #record: CallRecordOptions["record"];

  constructor({ session, turn, id, tool, record }: CallRecordOptions) {
    this.#of = { session, turn, call: id, tool: makeVisibleLine(tool).slice(0, longestName) };
    this.#record = record;
  }

  /** What the policy made of it. */
  async decided(judged: Judged): Promise<void> {
    const { decision } = judged;
    const otherwise = decision.kind === "deny" ? "floor" : "default";
    if (decision.kind === "allow" && decision.by !== undefined) {
      return this.answered(judged, { decision: "allow", by: decision.by });
    }
    const by = decision.rule === undefined || decision.kind === "ask" ? otherwise : (`rule:${decision.rule}` as const);
    await this.answered(judged, { decision: decision.kind, by });
  }

  /** What was made of it in the end, by whomever. */
  async answered({ call, classified, digest }: Judged, how: Pick<DecisionEntry, "decision" | "by">): Promise<void> {
    const { facts, command, task } = classified;
    const targets = [
      ...facts.targets.map(({ canonical }) => canonical),
      ...(command === undefined ? [] : [command.line]),
      ...(task === undefined ? [] : [`task ${task.label}`]),
      // Without its arguments, which are contents.
      ...(call.request === undefined ? [] : [`${call.request.method} ${call.request.template}`]),
    ];
    await this.#record({ event: "decision", ...this.#of, digest, targets, labels: facts.labels, ...how });
  }

  /** Denied before anything was known of it but its name. The label is the code that the message begins with, if any. */
  async refused(message: string): Promise<void> {
    const labels = codeOf(message);
    await this.#record({
      event: "decision",
      ...this.#of,
      digest: "",
      targets: [],
      decision: "deny",
      by: "floor",
      labels,
    });
  }

  async ended(exit: OutcomeEntry["exit"], bytes: number): Promise<void> {
    await this.#record({ event: "outcome", ...this.#of, exit, bytes });
  }
}

/** `E_STALE` of `E_STALE What was shown…`. */
function codeOf(message: string): readonly string[] {
  return /^E_[A-Z_]+/.exec(message)?.slice(0, 1) ?? [];
}
