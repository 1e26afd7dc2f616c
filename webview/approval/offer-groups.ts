import type { ApprovalRequest, RuleScope } from "../../src/protocol/approval.ts";
import { visibleText } from "../markdown/visible-text.ts";
import type { MenuGroup } from "../primitives/menu.tsx";
import { decide } from "../session/approvals.ts";
import { t } from "../strings.ts";

const scopeLabels: Readonly<Record<RuleScope, string>> = {
  turn: "In this Turn",
  session: "In this Chat",
  workspace: "Always in this Workspace…",
};

/** The rules that a card offers to make, in the host's order, each with its scopes; the narrowest first. */
export function offerGroups(request: ApprovalRequest): readonly MenuGroup[] {
  return request.offers.map(({ id, label, rules, scopes }) => {
    const title = t("Allow {0}", visibleText(label));
    const ruleText = visibleText(rules.join("\n"));
    return {
      title,
      description: ruleText,
      items: scopes.map((scope) => ({
        label: t(scopeLabels[scope]),
        fullLabel: `${title}: ${t(scopeLabels[scope])}`,
        title: ruleText,
        onPress: () => decide(request, { kind: "allow", grant: { offer: id, scope } }),
      })),
    };
  });
}
