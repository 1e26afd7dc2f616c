import type { Effect } from "../agent/tool.ts";
import type { CommandLabel } from "./commands/command-label.ts";
import type { PathClass } from "./paths/path-class.ts";

/** A place that a call touches, resolved. */
export interface TargetFacts extends PathClass {
  readonly access: "read" | "write";
  /** Where the call's own path leads through a link: that path. */
  readonly link: string | undefined;
}

/** What the rules say of a call. `rule` is the text of the one that decided. */
export type RuleVerdict =
  | { readonly kind: "none" }
  | { readonly kind: "allow" | "ask" | "deny"; readonly rule: string };

/** What makes a call more than ordinary; shown on its card, and in the audit log. */
export type CallLabel =
  | CommandLabel
  | "also linked elsewhere"
  | "made by the assistant"
  | "resolved by a command"
  | "tool of another extension"
  | "untrusted content read"
  | "ignored files too"
  | "changes automatic approval"
  | "remote schema";

/** A request to a server that the user named. */
export interface RequestFacts {
  readonly access: "read" | "write";
  /** With its port where it has one of its own. */
  readonly host: string;
}

/** Everything that a decision rests on. */
export interface CallFacts {
  readonly tool: string;
  readonly effect: Effect;
  readonly isTrusted: boolean;
  readonly targets: readonly TargetFacts[];
  readonly labels: readonly CallLabel[];
  readonly rules: RuleVerdict;
  /** Present where a server is asked that the user named: rules cover it. */
  readonly request?: RequestFacts;
  /** Why a command line is not covered by rules at all, in plain words. */
  readonly problem?: string;
}
