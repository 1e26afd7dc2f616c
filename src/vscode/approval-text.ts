import { makeVisible, makeVisibleLine } from "../policy/display/make-visible.ts";
import type { ApprovalDetail, ApprovalRequest } from "../protocol/approval.ts";
import { formatNumber, t } from "../protocol/localize.ts";

/** What a dialog shows of one value, and of all of them, before it says how much more there is. */
const mostLines = 16;
const mostCharacters = 1_200;
const mostLinesOfAll = 40;
const mostCharactersOfAll = 4_000;

export interface ApprovalText {
  readonly title: string;
  readonly detail: string;
  /** Nothing was left out. */
  readonly isWhole: boolean;
}

/** An approval as plain text for a dialog. The lines of a value are indented, so that none of them looks like a label. */
export function dialogText(request: ApprovalRequest): ApprovalText {
  const { shown, isWhole } = fitting(request.details);
  return {
    title: makeVisibleLine(request.title),
    detail: [...headOf(request), ...shown, whyOf(request)].join("\n\n"),
    isWhole,
  };
}

function fitting(details: readonly ApprovalDetail[]): { readonly shown: readonly string[]; readonly isWhole: boolean } {
  const shown: string[] = [];
  let isWhole = true;
  for (const [index, { label, value }] of details.entries()) {
    const clipped = clip(makeVisible(value));
    const text = [labelled(makeVisibleLine(label), clipped.shown), ...(clipped.left ?? [])].join("\n");
    const all = [...shown, text].join("\n");
    if (all.length > mostCharactersOfAll || all.split("\n").length > mostLinesOfAll) {
      return {
        shown: [...shown, t("… {0} more. Show in Editor shows all of it.", details.length - index)],
        isWhole: false,
      };
    }
    shown.push(text);
    isWhole &&= clipped.left === undefined;
  }
  return { shown, isWhole };
}

/** The same with nothing left out, for an editor. */
export function documentText(request: ApprovalRequest): string {
  const details = request.details.map(({ label, value, format }) =>
    section(makeVisibleLine(label), makeVisible(value), format),
  );
  return [makeVisibleLine(request.title), ...headOf(request), ...details, whyOf(request)].join("\n\n").concat("\n");
}

function headOf({ warnings, labels }: ApprovalRequest): readonly string[] {
  const marked = labels.length === 0 ? [] : [t("Note: {0}", labels.join(" · "))];
  return [...warnings.map((warning) => `⚠ ${makeVisible(warning)}`), ...marked];
}

function whyOf({ reason }: ApprovalRequest): string {
  return t("Why am I asked? {0}", makeVisible(reason));
}

function labelled(label: string, value: string): string {
  return value.includes("\n") ? `${label}:\n${indent(value)}` : `${label}: ${value}`;
}

/** A difference keeps its signs in the first column, where editors look for them. */
function section(label: string, value: string, format: ApprovalDetail["format"]): string {
  return format === "diff" ? `${label}:\n${value}` : labelled(label, value);
}

function indent(value: string): string {
  return value.replace(/^/gmu, "    ");
}

/** The beginning and, where that is not all, what was left out. */
function clip(value: string): { readonly shown: string; readonly left: readonly string[] | undefined } {
  const lines = value.split("\n");
  const shown = lines.slice(0, mostLines).join("\n").slice(0, mostCharacters);
  if (shown.length === value.length) return { shown, left: undefined };
  const more = value.length - shown.length;
  return { shown, left: [`    ${t("… {0} more characters. Show in Editor shows all of it.", formatNumber(more))}`] };
}
