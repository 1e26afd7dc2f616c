import { posix } from "node:path";
import type { TextChange } from "../../agent/tool.ts";
import { t, text } from "../../protocol/localize.ts";
import type { CallLabel } from "../call-facts.ts";
import { type ChangedProperty, changedProperties, topNames } from "./changed-properties.ts";
import { foldName } from "./fold-name.ts";

/** Properties of package.json that no program acts on: docs.npmjs.com/cli/configuring-npm/package-json. */
const HARMLESS = new Set([
  ...["name", "version", "description", "keywords", "homepage", "bugs", "license", "author", "contributors"],
  ...["funding", "repository", "private", "displayName", "categories", "qna", "badges", "galleryBanner"],
]);
/** Settings that let an editor or an assistant act without a question. */
const APPROVES =
  /^chat\.(tools|agent|mcp)\..*(auto|approve)|autoApprove|^outcrop\.|^task\.allowAutomaticTasks$|^security\.workspace\.trust\./i;
const REMOTE = /^"[a-z][a-z0-9+.-]*:\/\//i;

/** A line of warning on the approval of a write to a protected file. */
export interface ChangeWarning {
  readonly label: CallLabel;
  readonly text: string;
}

/**
 * Whether the change of a protected file leaves alone what makes it one: in package.json, everything but names and
 * descriptions. Text that cannot be read for certain is not harmless.
 */
export function isHarmlessChange(canonical: string, { before, after }: TextChange): boolean {
  if (foldName(posix.basename(canonical.replaceAll("\\", "/"))) !== "package.json" || before === undefined)
    return false;
  const [old, changed] = [readObject(before), readObject(after)];
  if (old === undefined || changed === undefined) return false;
  const names = new Set([...Object.keys(old), ...Object.keys(changed)]);
  return [...names].every((name) => HARMLESS.has(name) || JSON.stringify(old[name]) === JSON.stringify(changed[name]));
}

/** What the change brings that would lift questions, or make the editor fetch something. */
export function changeWarnings({ before = "", after }: TextChange): readonly ChangeWarning[] {
  return changedProperties(before, after).flatMap((property) => [
    ...approvalWarning(property),
    ...schemaWarning(property),
  ]);
}

function approvalWarning({ name, value }: ChangedProperty): readonly ChangeWarning[] {
  if (!APPROVES.test(name)) return [];
  return [{ label: text("changes automatic approval"), text: t('It sets "{0}" to {1}.', name, value.slice(0, 200)) }];
}

function schemaWarning({ name, value }: ChangedProperty): readonly ChangeWarning[] {
  const isRemote = name === "$schema" ? REMOTE.test(value) : name.endsWith(".schemas") && value.includes("://");
  return isRemote
    ? [{ label: text("remote schema"), text: t("The editor may fetch this URL: {0}", value.slice(0, 200)) }]
    : [];
}

/** Undefined for what is no JSON object, or names a property twice: programs disagree on which one counts. */
function readObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const names = topNames(text);
    if (typeof value !== "object" || value === null || names === undefined) return undefined;
    return new Set(names).size === names.length ? Object.fromEntries(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}
