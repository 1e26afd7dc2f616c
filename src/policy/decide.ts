import type { Effect } from "../agent/tool.ts";

/** What the gate knows of a call once its targets are resolved. */
export interface ClassifiedCall {
  readonly effect: Effect;
  /** Canonical paths of the targets that lie outside the workspace. */
  readonly outside: readonly string[];
  readonly trusted: boolean;
  /** The user allowed exactly this for the session. */
  readonly grantedForSession: boolean;
}

export type Decision =
  | { readonly kind: "allow"; readonly by: "default" | "session" }
  /** `reason` is the card's answer to "why am I asked?". */
  | { readonly kind: "ask"; readonly reason: string }
  | { readonly kind: "deny"; readonly message: string };

/** The default policy. Pure; the built-in floors come first, then the user's grants, then the defaults. */
export function decide(call: ClassifiedCall): Decision {
  if (!call.trusted) {
    return {
      kind: "deny",
      message: "E_UNTRUSTED: the workspace is in Restricted Mode, tools are off. Nothing was done.",
    };
  }
  if (call.outside.length > 0) {
    return { kind: "ask", reason: `Outside the workspace: ${call.outside.join(", ")}` };
  }
  switch (call.effect) {
    case "read":
      return { kind: "allow", by: "default" };
    case "write":
    case "execute":
    case "network":
      if (call.grantedForSession) return { kind: "allow", by: "session" };
      return { kind: "ask", reason: askReason(call.effect) };
  }
}

function askReason(effect: Exclude<Effect, "read">): string {
  switch (effect) {
    case "write":
      return "It changes files, and no rule allows it.";
    case "execute":
      return "It runs a program, and no rule allows it.";
    case "network":
      return "It reaches the network, and no rule allows it.";
  }
}
