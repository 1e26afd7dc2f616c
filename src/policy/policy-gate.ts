import type { Gate, GateVerdict } from "../agent/gate.ts";
import type { PreparedCall } from "../agent/tool.ts";
import type { ApprovalDecision, ApprovalRequest } from "../protocol/approval.ts";
import { approvalDigest } from "./approval-digest.ts";
import { canonicalPath, isInside } from "./canonical-path.ts";
import { decide } from "./decide.ts";

/** The way to the user. Resolves with the answer to exactly this request; rejects when the signal is aborted. */
export type AskUser = (request: ApprovalRequest, signal: AbortSignal) => Promise<ApprovalDecision>;

export interface PolicyGateOptions {
  /** Absolute paths of the open folders; may lie behind links. */
  readonly folders: () => readonly string[];
  readonly isTrusted: () => boolean;
  readonly ask: AskUser;
}

/** Resolve, classify, decide, ask. Whatever throws on the way denies; nothing here runs anything. */
export class PolicyGate implements Gate {
  readonly #options: PolicyGateOptions;
  readonly #sessionGrants = new Set<string>();

  constructor(options: PolicyGateOptions) {
    this.#options = options;
  }

  async authorize(id: string, tool: string, call: PreparedCall, signal: AbortSignal): Promise<GateVerdict> {
    const targets = await Promise.all(call.targets.map(({ path }) => canonicalPath(path)));
    const outside = await this.#outside(targets);
    const grant = grantOf(tool, call);
    const decision = decide({
      effect: call.effect,
      outside,
      trusted: this.#options.isTrusted(),
      grantedForSession: grant !== undefined && this.#sessionGrants.has(grant),
    });
    switch (decision.kind) {
      case "allow":
        return { kind: "allow", allowedBy: allowedBy(decision.by) };
      case "deny":
        return { kind: "deny", message: decision.message };
      case "ask": {
        const offered = outside.length === 0 ? grant : undefined;
        const request = toRequest(id, tool, call, { targets, outside, reason: decision.reason, grant: offered });
        const answer = await this.#options.ask(request, signal);
        signal.throwIfAborted();
        return this.#verdict(answer, offered);
      }
    }
  }

  #verdict(answer: ApprovalDecision, grant: string | undefined): GateVerdict {
    if (answer.kind === "skip") return { kind: "deny", message: skipMessage(answer.feedback) };
    if (answer.scope === "session" && grant !== undefined) this.#sessionGrants.add(grant);
    return { kind: "allow" };
  }

  async #outside(targets: readonly string[]): Promise<readonly string[]> {
    const folders = await Promise.all(this.#options.folders().map(canonicalPath));
    return targets.filter((target) => !folders.some((folder) => isInside(folder, target)));
  }
}

function allowedBy(by: "default" | "session"): string {
  return by === "default" ? "Allowed: it reads in the workspace." : "Allowed: you allowed it for this session.";
}

function grantOf(tool: string, call: PreparedCall): string | undefined {
  return call.subject.grantKey === undefined ? undefined : approvalDigest([tool, call.subject.grantKey]);
}

interface Judged {
  readonly targets: readonly string[];
  readonly outside: readonly string[];
  readonly reason: string;
  readonly grant: string | undefined;
}

function toRequest(id: string, tool: string, call: PreparedCall, judged: Judged): ApprovalRequest {
  const { question, details } = call.subject;
  const shown = [...details, ...judged.outside.map((value) => ({ label: "Outside the workspace", value }))];
  const digest = approvalDigest([
    id,
    tool,
    call.effect,
    question,
    ...shown.map(({ label, value }) => [label, value]),
    judged.targets,
  ]);
  const scopes = judged.grant === undefined ? (["once"] as const) : (["once", "session"] as const);
  return { id, digest, title: question, details: shown, reason: judged.reason, scopes };
}

function skipMessage(feedback: string): string {
  const said = feedback.trim();
  const reason = said === "" ? "" : ` The user says: ${said}`;
  return `The user skipped this call. Nothing was run or changed.${reason}`;
}
