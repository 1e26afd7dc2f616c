import { t } from "../protocol/localize.ts";
import type { ClassifiedCall } from "./classify-call.ts";
import type { CommandFacts } from "./commands/command-facts.ts";
import { isChanger, programsOf } from "./commands/program-kinds.ts";
import type { Decision } from "./decide-call.ts";

export interface AllowAllSituation {
  readonly offersRule: boolean;
  /** In any turn of the session. */
  readonly hasReadUntrusted: boolean;
}

/**
 * What becomes of a question while Allow All is on: it is answered only where its card offers a rule that would cover it,
 * for a change of files or a program of which there is nothing to tell (no label). Everything else is asked as ever, and so
 * is what a rule asks, what a tool of another extension or a server would do, and what follows untrusted content.
 */
export function underAllowAll(
  decision: Decision,
  { facts, command }: Pick<ClassifiedCall, "facts" | "command">,
  { offersRule, hasReadUntrusted }: AllowAllSituation,
): Decision {
  if (decision.kind !== "ask" || decision.tier !== 1 || decision.everyTime || decision.rule !== undefined) {
    return decision;
  }
  const { effect, labels, request } = facts;
  if (request !== undefined || (effect !== "write" && effect !== "execute")) return decision;
  if (hasReadUntrusted) {
    return { ...decision, reason: t("This chat holds untrusted content. Allow All does not cover what follows it.") };
  }
  if (labels.length > 0 || !offersRule) return decision;
  if (command !== undefined && changesPlaces(command)) {
    return { ...decision, reason: t("It may delete or change more than it names. Allow All does not cover it.") };
  }
  return { kind: "allow", reason: t("Allowed by Allow All, which you turned on in this chat."), by: "allow-all" };
}

/** `rm -rf .` names no protected file, and deletes them. What a table finds safe changes nothing. */
function changesPlaces({ commands, script }: CommandFacts): boolean {
  if (script !== undefined) return false;
  return commands.some(
    (command) => command.check?.kind !== "safe" && programsOf(command).some(({ name }) => isChanger(name)),
  );
}
