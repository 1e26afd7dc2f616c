import type { ApprovalRequest, RuleScope } from "../../src/protocol/approval.ts";
import { runHostCommand } from "../host.ts";
import { visibleText } from "../markdown/visible-text.ts";
import type { MenuGroup } from "../primitives/menu.tsx";
import { decide } from "../session/approvals.ts";
import { t, text } from "../strings.ts";

const scopeLabels: Readonly<Record<RuleScope, string>> = {
  turn: text("In this Turn"),
  session: text("In this Chat"),
  workspace: text("Always in this Workspace…"),
};

/** The rules that a card offers to make, in the host's order, each with its scopes; the narrowest first. At last the way to all rules. */
export function offerGroups(request: ApprovalRequest): readonly MenuGroup[] {
  const offers = request.offers.map(({ id, label, rules, scopes }) => {
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
  return offers.length === 0 ? [] : [...offers, manageGroup()];
}

function manageGroup(): MenuGroup {
  const label = t("Manage Approval Rules…");
  const title = t("List the rules that were made, and take them back");
  const onPress = () => runHostCommand("manageRules");
  return { title: "", description: "", items: [{ label, fullLabel: label, title, onPress }] };
}
