import type { PreparedCall } from "../agent/tool.ts";
import type { ApprovalDetail, ApprovalOffer, ApprovalRequest, RuleScope } from "../protocol/approval.ts";
import { t } from "../protocol/localize.ts";
import { approvalDigest } from "./approval-digest.ts";
import { canonicalJson } from "./budgets/canonical-json.ts";
import type { ClassifiedCall } from "./classify-call.ts";
import type { Decision } from "./decide-call.ts";
import { collapseWhitespace } from "./display/collapse-whitespace.ts";
import { makeVisible } from "./display/make-visible.ts";
import { visibleDiff } from "./display/visible-diff.ts";
import { editTools, offerFileRules, offerTaskRule } from "./rules/offer-file-rules.ts";
import { offerForeignRule } from "./rules/offer-foreign-rule.ts";
import { offerRequestRule } from "./rules/offer-request-rule.ts";
import { lastDay, offerRules } from "./rules/offer-rules.ts";
import { printRule } from "./rules/print-rule.ts";
import type { Rule } from "./rules/rule.ts";

/** What a call is, whoever asks about it. */
export interface CallIdentity {
  readonly tool: string;
  readonly input: unknown;
  readonly call: PreparedCall;
}

/** SHA-256 over the canonical form of what will run: input, places, texts before and after, command, task. */
export function digestOf(
  { tool, input, call }: CallIdentity,
  { facts, command, task, foreign }: ClassifiedCall,
): string {
  return approvalDigest([
    tool,
    canonicalJson(input),
    call.effect,
    call.subject.question,
    ...call.subject.details.map(({ label, value }) => [label, value]),
    ...facts.targets.map(({ canonical, access, kind }) => [canonical, access, kind]),
    ...call.targets.map(({ change }) => [change?.before === undefined ? "new" : change.before, change?.after ?? ""]),
    [command?.line ?? "", command?.cwd ?? "", command?.shell ?? "", command?.script?.sha256 ?? ""],
    [task?.label ?? "", task?.definition ?? ""],
    [foreign?.definition ?? ""],
    [call.request?.method ?? "", call.request?.url ?? "", call.request?.template ?? "", call.request?.access ?? ""],
  ]);
}

/** An offer together with the rules that it makes. */
export interface RulesOffered {
  readonly offer: ApprovalOffer;
  readonly rules: readonly Rule[];
}

/** The offers of a question, none where it is asked every time. */
export function offersFor(
  { tool, call: { request } }: CallIdentity,
  classified: ClassifiedCall,
  decision: Decision,
  now: Date,
): readonly RulesOffered[] {
  if (decision.kind !== "ask" || decision.everyTime) return [];
  const { command, task, foreign, facts } = classified;
  if (request !== undefined) {
    const { label, rules } = offerRequestRule(tool, request, lastDay(now));
    return [offered(label, rules, allScopes)];
  }
  if (command !== undefined) return offerRules(command, now).map(({ kind, rules }) => offered(kind, rules, allScopes));
  if (task !== undefined) {
    const { label, rules } = offerTaskRule(task, lastDay(now));
    return [offered(label, rules, allScopes)];
  }
  if (foreign !== undefined) {
    const { label, rules } = offerForeignRule(foreign, lastDay(now));
    return [offered(label, rules, allScopes)];
  }
  if (facts.effect !== "write" || !editors.has(facts.tool)) return [];
  return offerFileRules(classified.ways, lastDay(now)).map(({ label, rules }, index) =>
    offered(label, rules, index === 0 ? allScopes : ["turn", "session"]),
  );
}

/** Their rules are for edits: a move or a deletion is asked about each time, unless the user writes a rule for it. */
const editors: ReadonlySet<string> = new Set(editTools);

const allScopes: readonly RuleScope[] = ["turn", "session", "workspace"];

function offered(label: string, rules: readonly Rule[], scopes: readonly RuleScope[]): RulesOffered {
  const texts = rules.map(printRule);
  return {
    offer: { id: approvalDigest(texts).slice(0, 16), label: labelOf(label, rules), rules: texts, scopes },
    rules,
  };
}

function labelOf(label: string, rules: readonly Rule[]): string {
  if (label === "line") return t("this command");
  return label === "parts" ? rules.map(partLabel).join(", ") : label;
}

function partLabel(rule: Rule): string {
  const { spec } = rule;
  if (spec.kind === "prefix") return t("every {0}", spec.words.join(" "));
  return spec.kind === "exact" ? spec.text : printRule(rule);
}

/** What the card shows. Text of the model or of a file is made visible; nothing of it decides. */
export async function toApprovalRequest(
  id: string,
  digest: string,
  { call }: CallIdentity,
  {
    decision,
    classified,
    offers,
  }: {
    readonly decision: Extract<Decision, { kind: "ask" }>;
    readonly classified: ClassifiedCall;
    readonly offers: readonly RulesOffered[];
  },
): Promise<ApprovalRequest> {
  const { facts, nearest, warnings, command } = classified;
  const isShown = (path: string): boolean => call.subject.details.some(({ value }) => value === path);
  const outside = facts.targets.filter(({ place, canonical }) => place === "outside" && !isShown(canonical));
  const touched = (command?.paths ?? []).filter(
    ({ pathClass: { place, kind } }) => place === "outside" || kind !== "ordinary",
  );
  const details: readonly ApprovalDetail[] = [
    ...call.subject.details,
    ...(await definitionChange(classified)),
    ...outside.map(({ canonical }) => ({ label: t("Outside the workspace"), value: canonical })),
    ...facts.targets.flatMap(({ link, canonical }) =>
      link === undefined ? [] : [{ label: t("Link"), value: `${link} → ${canonical}` }],
    ),
    ...touched.map(({ text, pathClass }) => ({
      label: touchedLabel(pathClass.kind),
      value: `${text} → ${pathClass.canonical}`,
    })),
    ...(command?.destinations ?? []).map((value) => ({ label: t("Destination"), value })),
    ...(command?.script === undefined
      ? []
      : [{ label: t("Script ({0})", command.script.name), value: command.script.text }]),
  ];
  return {
    id,
    digest,
    title: makeVisible(call.subject.question),
    details: details.map(({ value, ...detail }) => ({ ...detail, value: asShown(value, detail) })),
    reason: whyAsked(decision.reason, nearest),
    tier: decision.tier,
    labels: facts.labels.map((label) => t(label)),
    warnings: warnings.map(makeVisible),
    offers: offers.map(({ offer }) => offer),
  };
}

/** The rule that was tested, unless that says what the reason says already. */
function whyAsked(reason: string, nearest: string | undefined): string {
  const saysMore = nearest !== undefined && !reason.toLowerCase().includes(nearest.toLowerCase());
  return saysMore ? t("{0} {1}", reason, nearest) : reason;
}

/** What is different in a task or a tool of others since the user allowed it. */
async function definitionChange({
  task,
  foreign,
  allowedDefinition,
}: ClassifiedCall): Promise<readonly ApprovalDetail[]> {
  const now = (task ?? foreign)?.text;
  if (now === undefined || allowedDefinition === undefined) return [];
  const { createPatch, OMIT_HEADERS } = await import("diff");
  const value = createPatch("", allowedDefinition, now, undefined, undefined, { headerOptions: OMIT_HEADERS });
  return [{ label: t("Changed since you allowed it"), value: value.trimEnd(), format: "diff" }];
}

function asShown(value: string, { format }: Pick<ApprovalDetail, "format">): string {
  return format === "diff" ? visibleDiff(value) : collapseWhitespace(makeVisible(value));
}

function touchedLabel(kind: string): string {
  return kind === "ordinary" ? t("Outside the workspace") : t("Touches ({0})", kind);
}
