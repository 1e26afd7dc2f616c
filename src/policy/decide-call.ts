import type { Effect } from "../agent/tool.ts";
import { t } from "../protocol/localize.ts";
import type { CallFacts, CallLabel, RequestFacts, TargetFacts } from "./call-facts.ts";

export type DenyCode = "E_UNTRUSTED" | "E_PROTECTED" | "E_SECRET" | "E_IGNORED" | "E_RULE";

/** Tier 1 is answered in the panel; tier 2 only in a native modal, one call at a time. */
export type Tier = 1 | 2;

export type Decision =
  | { readonly kind: "allow"; readonly reason: string; readonly rule?: string; readonly by?: "allow-all" }
  | {
      readonly kind: "ask";
      readonly tier: Tier;
      /** The card's answer to "why am I asked?". */
      readonly reason: string;
      /** The rule that asks. */
      readonly rule?: string;
      /** No rule and no session switch can answer it. */
      readonly everyTime: boolean;
    }
  | { readonly kind: "deny"; readonly code: DenyCode; readonly message: string; readonly rule?: string };

/**
 * The policy, pure: built-in floors first, then deny rules, what is asked every time, ask rules, what is allowed by
 * default, allow rules, and the question. Deny is over ask is over allow, whoever says so.
 */
export function decideCall(facts: CallFacts): Decision {
  if (!facts.isTrusted) {
    return deny("E_UNTRUSTED", "The workspace is in Restricted Mode: tools are off until the user trusts it.");
  }
  return floorOf(facts) ?? byDenyRule(facts) ?? askedEveryTime(facts) ?? byRules(facts) ?? byDefault(facts);
}

function deny(code: DenyCode, message: string): Decision {
  return { kind: "deny", code, message };
}

/** What no answer and no rule can allow. A program's targets are asked about: what it does with them is not known. */
function floorOf({ effect, targets }: CallFacts): Decision | undefined {
  if (effect === "execute") return undefined;
  for (const { kind, access, canonical } of targets) {
    if (kind === "key-material") return deny("E_SECRET", `${canonical} holds keys or credentials. No tool touches it.`);
    if (kind === "ignored") return deny("E_IGNORED", `${canonical} is listed in .outcropignore.`);
    if (kind === "forbidden" && access === "write") {
      return deny("E_PROTECTED", `${canonical} is never written by a tool.`);
    }
  }
  return undefined;
}

function byDenyRule({ rules }: CallFacts): Decision | undefined {
  if (rules.kind !== "deny") return undefined;
  return { kind: "deny", code: "E_RULE", message: `A rule denies it: ${rules.rule}`, rule: rules.rule };
}

function askedEveryTime(facts: CallFacts): Decision | undefined {
  const { labels, targets, effect, problem, request } = facts;
  const every = (tier: Tier, reason: string): Decision => ({ kind: "ask", tier, reason, everyTime: true });
  const has = (label: CallLabel): boolean => labels.includes(label);
  const named = (test: (target: TargetFacts) => boolean): string => namesOf(targets.filter(test));
  if (has("outside workspace")) {
    const names = named(({ place }) => place === "outside");
    const everyTime = effect !== "read";
    const reason = everyTime
      ? t("Outside the workspace{0}. Rules do not cover it.", names)
      : t("Outside the workspace{0}.", names);
    return { kind: "ask", tier: 2, reason, everyTime };
  }
  if (has("protected file")) {
    const names = named(({ kind, access }) => access === "write" && (kind === "protected" || kind === "forbidden"));
    return every(2, t("It changes what programs, the editor or an assistant act on{0}. Rules do not cover it.", names));
  }
  if (has("network") && request === undefined) return every(2, t("It reaches the network. Rules do not cover it."));
  if (has("made by the assistant")) return every(2, t("The assistant wrote what this runs, in this session."));
  if (has("resolved by a command")) return every(2, t("The editor runs a command to resolve a part of it."));
  if (has("secret file"))
    return every(
      1,
      t(
        "It touches secret values{0}.",
        named(({ kind }) => isSecret(kind)),
      ),
    );
  if (has("ignored file"))
    return every(
      1,
      t(
        "It names what .outcropignore lists{0}.",
        named(({ kind }) => kind === "ignored"),
      ),
    );
  if (has("also linked elsewhere")) return every(1, t("The file has another name elsewhere. Rules do not cover it."));
  if (has("hidden characters")) return every(1, t("It holds characters that cannot be seen."));
  if (has("runs with privileges")) return every(2, t("It runs with more rights than yours."));
  if (has("ignored files too")) return every(1, t("It searches what .gitignore leaves out."));
  if (problem !== undefined) return every(1, t("Rules cover only lines that are fully understood: {0}", problem));
  return undefined;
}

function isSecret(kind: TargetFacts["kind"]): boolean {
  return kind === "secret-text" || kind === "key-material";
}

function byRules({ rules, labels, effect, request }: CallFacts): Decision | undefined {
  switch (rules.kind) {
    case "none":
    case "deny":
      return undefined;
    case "ask":
      return { kind: "ask", tier: 1, reason: t("A rule asks: {0}", rules.rule), rule: rules.rule, everyTime: false };
    case "allow":
      if (labels.includes("untrusted content read") && effect !== "read" && request?.access !== "read") {
        return {
          kind: "ask",
          tier: 1,
          reason: t("This turn read untrusted content."),
          rule: rules.rule,
          everyTime: true,
        };
      }
      return { kind: "allow", reason: t("Allowed by your rule: {0}", rules.rule), rule: rules.rule };
  }
}

function byDefault({ effect, labels, request, targets }: CallFacts): Decision {
  if (request !== undefined) return aboutRequest(request);
  if (labels.includes("tool of another extension")) {
    return {
      kind: "ask",
      tier: 1,
      reason: t("It is a tool of another extension, and no rule allows it."),
      everyTime: false,
    };
  }
  if (effect === "read") {
    return {
      kind: "allow",
      reason: targets.length === 0 ? t("Allowed: it has no effect.") : t("Allowed: it reads in the workspace."),
    };
  }
  return { kind: "ask", tier: 1, reason: askReason(effect), everyTime: false };
}

/** What changes something at a server is answered in a dialog, until a rule allows it. */
function aboutRequest({ access, host }: RequestFacts): Decision {
  const reason =
    access === "read"
      ? t("It asks {0}, and no rule allows it.", host)
      : t("It may change something at {0}, and no rule allows it.", host);
  return { kind: "ask", tier: access === "read" ? 1 : 2, reason, everyTime: false };
}

function askReason(effect: Exclude<Effect, "read">): string {
  switch (effect) {
    case "write":
      return t("It changes a file, and no rule allows it.");
    case "execute":
      return t("It runs a program, and no rule allows it.");
    case "network":
      return t("It reaches the network, and no rule allows it.");
  }
}

function namesOf(targets: readonly TargetFacts[]): string {
  return targets.length === 0 ? "" : `: ${targets.map(({ canonical }) => canonical).join(", ")}`;
}
