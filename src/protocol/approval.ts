/** One labelled line of what exactly will run, shown verbatim as plain text. */
export interface ApprovalDetail {
  readonly label: string;
  readonly value: string;
}

/** Grants that the card may offer beside Allow Once and Skip. */
export type ApprovalScope = "once" | "session";

/** What the user is asked. Bound to what will run by `digest`; an answer with another id or digest is void. */
export interface ApprovalRequest {
  /** The tool call's id. */
  readonly id: string;
  /** SHA-256, hex, over the canonical form of what will run and a number of this asking. */
  readonly digest: string;
  /** The question, for example: Run task "test"? */
  readonly title: string;
  readonly details: readonly ApprovalDetail[];
  /** Why the user is asked, in one sentence. */
  readonly reason: string;
  readonly scopes: readonly ApprovalScope[];
}

export type ApprovalDecision =
  | { readonly kind: "allow"; readonly scope: ApprovalScope }
  | { readonly kind: "skip"; readonly feedback: string };

/** The user's answer as the webview posts it; the host checks id and digest against the open request. */
export interface ApprovalAnswer {
  readonly id: string;
  readonly digest: string;
  readonly decision: ApprovalDecision;
}
