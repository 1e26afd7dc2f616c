import { makeVisibleLine } from "../policy/display/make-visible.ts";
import { printRule } from "../policy/rules/print-rule.ts";
import { RepositoryPolicy } from "../policy/rules/repository-policy.ts";
import type { ListedRule } from "../policy/rules/rule-book.ts";
import { t } from "../protocol/localize.ts";

/** A rule in force, as the list shows it. */
export interface RuleItem {
  /** Undefined for a rule of the repository: its file is where it is changed. */
  readonly id: string | undefined;
  readonly label: string;
  /** Until when it holds, what it was made for, or where it comes from. */
  readonly description: string;
}

export interface RuleGroup {
  readonly title: string;
  readonly rules: readonly RuleItem[];
}

/** The rules that the user made, those that hold longest first, without empty groups. */
export function groupRules(listed: readonly ListedRule[]): readonly RuleGroup[] {
  const group = (title: string, scope: ListedRule["scope"]): RuleGroup => ({
    title,
    rules: listed.filter((rule) => rule.scope === scope).map(toItem),
  });
  const groups = [
    group(t("In this workspace"), "workspace"),
    group(t("Until the chat is closed"), "session"),
    group(t("In this turn"), "turn"),
  ];
  return groups.filter(({ rules }) => rules.length > 0);
}

/** What the policy files of the folders add. Only for trusted folders: nothing of others is read. */
export async function repositoryGroups(folders: readonly string[]): Promise<readonly RuleGroup[]> {
  const groups = await Promise.all(
    folders.map(async (folder) => {
      const { rules, problems } = await new RepositoryPolicy(folder).read();
      const items = rules.map(({ rule }) => ({
        id: undefined,
        label: makeVisibleLine(printRule(rule)),
        description: "",
      }));
      const broken = problems.map((text) => ({
        id: undefined,
        label: makeVisibleLine(text),
        description: t("not in force"),
      }));
      return { title: t("From outcrop.policy.json in {0}, read-only", folder), rules: [...items, ...broken] };
    }),
  );
  return groups.filter(({ rules }) => rules.length > 0);
}

function toItem({ id, rule, shell }: ListedRule): RuleItem {
  const { until, ...lasting } = rule;
  const parts = [
    ...(until === undefined ? [] : [t("until {0}", until)]),
    ...(shell === undefined ? [] : [t("for {0}", shell)]),
  ];
  return { id, label: makeVisibleLine(printRule(lasting)), description: parts.join(", ") };
}
