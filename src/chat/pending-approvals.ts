import { createHash, randomUUID } from "node:crypto";
import type { ApprovalAnswer, ApprovalDecision, ApprovalRequest } from "../protocol/approval.ts";
import type { Emit } from "../protocol/chat-event.ts";

/** `panel`: a webview's message. `user`: a dialog of the editor itself, or the command line. */
export type AnswerSource = "panel" | "user";

interface Open {
  readonly request: ApprovalRequest;
  settle(decision: ApprovalDecision): void;
}

/**
 * The approvals that wait for the user. An answer counts only with the id and digest of an open request, and once. The
 * digest that is shown is that of one asking: an answer to an earlier one, from before a restart, is void.
 */
export class PendingApprovals {
  readonly #open = new Map<string, Open>();
  readonly #emit: Emit;
  readonly #now: () => number;

  constructor(emit: Emit, now: () => number) {
    this.#emit = emit;
    this.#now = now;
  }

  get count(): number {
    return this.#open.size;
  }

  async ask(subject: ApprovalRequest, signal: AbortSignal): Promise<ApprovalDecision> {
    signal.throwIfAborted();
    const { id } = subject;
    if (this.#open.has(id)) throw new Error(`There is a question about ${id} already.`);
    const request = { ...subject, digest: digestOfAsking(subject.digest) };
    try {
      return await new Promise<ApprovalDecision>((settle, reject) => {
        const onAbort = (): void => {
          this.#open.delete(id);
          reject(signal.reason);
        };
        signal.addEventListener("abort", onAbort, { once: true });
        this.#open.set(id, { request, settle });
        this.#emit({ type: "tool-awaiting-approval", id, request, at: this.#now() });
      });
    } finally {
      this.#open.delete(id);
    }
  }

  /** False where the answer fits no open request, or came from where it may not: it changes nothing. */
  answer({ id, digest, decision }: ApprovalAnswer, from: AnswerSource = "panel"): boolean {
    const open = this.#open.get(id);
    if (open === undefined || open.request.digest !== digest || !isOffered(open.request, decision)) return false;
    if (from === "panel" && needsDialog(open.request, decision)) return false;
    this.#open.delete(id);
    open.settle(decision);
    return true;
  }
}

/** What a panel says is not enough for the second tier, nor for a rule that outlives the chat. */
function needsDialog({ tier }: ApprovalRequest, decision: ApprovalDecision): boolean {
  return decision.kind === "allow" && (tier === 2 || decision.grant?.scope === "workspace");
}

function digestOfAsking(digest: string): string {
  return createHash("sha256").update(`${randomUUID()} ${digest}`).digest("hex");
}

function isOffered(request: ApprovalRequest, decision: ApprovalDecision): boolean {
  if (decision.kind === "skip" || decision.grant === undefined) return true;
  const { offer, scope } = decision.grant;
  return request.offers.some(({ id, scopes }) => id === offer && scopes.includes(scope));
}
