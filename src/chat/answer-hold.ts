import { createHash } from "node:crypto";
import type { Gate, GateCall } from "../agent/gate.ts";
import type { ApprovalDecision, ApprovalRequest } from "../protocol/approval.ts";
import { t } from "../protocol/localize.ts";

/** Why a held turn ends where nothing is left that the user could answer. */
export const unanswered = new Error("No approval waits any more.");

export type Ask = (request: ApprovalRequest, signal: AbortSignal) => Promise<ApprovalDecision>;

const notRun =
  "This call was not run: before it was answered the window had closed, and then the user went on otherwise.";

/**
 * Holds a turn that is taken up again because its process ended at an approval or a question. Until the user has answered one,
 * nothing runs, not even what the policy would allow without asking.
 */
export class AnswerHold {
  /** Aborted where the user went on without an answer; undefined while nothing is held. */
  #held: AbortController | undefined;

  get isHeld(): boolean {
    return this.#held !== undefined;
  }

  begin(): void {
    this.#held = new AbortController();
  }

  /** The user has answered, or the turn is over. */
  release(): void {
    this.#held = undefined;
  }

  /** Every call that is held is answered as not run. */
  dismiss(): void {
    this.#held?.abort();
  }

  /** The gate, which while the turn is held asks about everything that it would allow. */
  guard(createGate: (ask: Ask) => Gate, ask: Ask): Gate {
    const asked = new Set<string>();
    const gate = createGate((request, signal) => {
      asked.add(request.id);
      return ask(request, signal);
    });
    return {
      beginTurn: (turnId) => gate.beginTurn(turnId),
      addUntrusted: () => gate.addUntrusted(),
      lift: (pause) => gate.lift(pause),
      refused: (call, message) => gate.refused(call, message),
      authorize: async (asking, signal) => {
        const dismissed = this.#held?.signal;
        if (dismissed === undefined) return gate.authorize(asking, signal);
        const either = AbortSignal.any([signal, dismissed]);
        try {
          const verdict = await gate.authorize(asking, either);
          dismissed.throwIfAborted();
          // What asks the user something is answered by them alone.
          if (verdict.kind !== "allow" || asked.has(asking.id) || asking.call.waitsForUser) return verdict;
          const answer = await ask(toRequest(asking), either);
          return answer.kind === "allow" ? verdict : { kind: "deny", message: skipped(answer.feedback) };
        } catch (error) {
          if (signal.aborted || !dismissed.aborted) throw error;
          return { kind: "deny", message: notRun };
        }
      },
    };
  }
}

function toRequest({ id, tool, call: { effect, targets, subject } }: GateCall): ApprovalRequest {
  const { question, details } = subject;
  const digest = createHash("sha256")
    .update(JSON.stringify([id, tool, effect, targets, question, details]))
    .digest("hex");
  const reason = t("It had not run when the window closed.");
  return { id, digest, title: question, details, reason, tier: 1, labels: [], warnings: [], offers: [] };
}

function skipped(feedback: string): string {
  return `The user skipped this call. Nothing was run or changed. ${feedback}`.trim();
}
