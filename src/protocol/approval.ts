/** One labelled line of what exactly will run, shown verbatim as plain text. */
export interface ApprovalDetail {
  readonly label: string;
  readonly value: string;
  /** How the value is drawn; absent = as a line of text. */
  readonly format?: "command" | "diff";
}

/** 1: answered on the card. 2: only in a native dialog of VS Code, one by one. */
export type ApprovalTier = 1 | 2;

/** How long a rule that the user makes holds. */
export type RuleScope = "turn" | "session" | "workspace";

/** Rules that the card offers to make, all of them together, so that this is not asked again. */
export interface ApprovalOffer {
  readonly id: string;
  /** For the menu: this command; every `git status`; edits of files below src. */
  readonly label: string;
  /** The rules as text, shown before they are made. */
  readonly rules: readonly string[];
  readonly scopes: readonly RuleScope[];
}

/** What the user is asked. Bound to what will run by `digest`; an answer with another id or digest is void. */
export interface ApprovalRequest {
  /** The tool call's id. */
  readonly id: string;
  /** SHA-256, hex, over the canonical form of what will run. */
  readonly digest: string;
  /** The question, fixed per tool, for example: Run task "test"? */
  readonly title: string;
  readonly details: readonly ApprovalDetail[];
  /** Why the user is asked, in a sentence or two, with the rule that was tested. */
  readonly reason: string;
  readonly tier: ApprovalTier;
  /** What makes it more than ordinary: `outside workspace`, `network`. */
  readonly labels: readonly string[];
  /** Each a sentence. */
  readonly warnings: readonly string[];
  /** The narrowest first; none where no rule may cover it. */
  readonly offers: readonly ApprovalOffer[];
}

export type ApprovalDecision =
  /** With `grant` the offer's rules are made as well. */
  | { readonly kind: "allow"; readonly grant?: { readonly offer: string; readonly scope: RuleScope } }
  | { readonly kind: "skip"; readonly feedback: string };

/** The user's answer as the webview posts it; the host checks id and digest against the open request. */
export interface ApprovalAnswer {
  readonly id: string;
  readonly digest: string;
  readonly decision: ApprovalDecision;
}
