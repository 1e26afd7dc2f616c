import { type Effect, type Target, ToolError } from "../../agent/tool.ts";
import { text } from "../../protocol/localize.ts";
import type { CallLabel, TargetFacts } from "../call-facts.ts";
import { type ClassifiedPath, classifyPath } from "./classify-path.ts";
import type { PathKind } from "./path-class.ts";
import type { PathContext } from "./path-context.ts";

export interface JudgedTarget {
  readonly facts: TargetFacts;
  readonly labels: readonly CallLabel[];
  /** Lines of warning for the approval. */
  readonly warnings: readonly string[];
}

/**
 * What a target is, for the decision. Throws a `ToolError`, which denies: E_OUTSIDE where no folder is open, E_PATH for
 * a circle of links, pipe, socket or device, E_STALE where the path leads elsewhere than the tool found it to lead.
 */
export async function judgeTarget(target: Target, effect: Effect, context: PathContext): Promise<JudgedTarget> {
  if (context.folders().length === 0) throw new ToolError("No folder is open in the editor.", "E_OUTSIDE");
  const access = target.access ?? (effect === "read" ? "read" : "write");
  const place = await classifyPath(target.path, context, access);
  if (place.entry === "special") throw new ToolError(`${target.path} is a pipe, a socket or a device.`, "E_PATH");
  if (target.canonical !== undefined && target.canonical !== place.canonical) {
    throw new ToolError(
      `${target.path} leads elsewhere than when this call was prepared. Nothing was done.`,
      "E_STALE",
    );
  }
  const { kind, warnings } = await judgeChange(place, target);
  const isLinked = access === "write" && effect === "write" && place.names > 1;
  return {
    facts: { place: place.place, kind, canonical: place.canonical, access, link: place.link },
    labels: [
      ...(place.place === "outside" ? ([text("outside workspace")] as const) : []),
      ...labelsOf(kind),
      ...(isLinked ? ([text("also linked elsewhere")] as const) : []),
      ...new Set(warnings.map(({ label }) => label)),
    ],
    warnings: warnings.map(({ text }) => text),
  };
}

/** A change of a protected file may be one that protects nothing: it is read only where there is one. */
async function judgeChange({ kind, canonical }: ClassifiedPath, { change }: Target) {
  if (kind !== "protected" || change === undefined) return { kind, warnings: [] };
  const { changeWarnings, isHarmlessChange } = await import("./change-facts.ts");
  if (isHarmlessChange(canonical, change)) return { kind: "ordinary", warnings: [] } as const;
  return { kind, warnings: changeWarnings(change) };
}

function labelsOf(kind: PathKind): readonly CallLabel[] {
  switch (kind) {
    case "ordinary":
      return [];
    case "ignored":
      return [text("ignored file")];
    case "secret-text":
    case "key-material":
      return [text("secret file")];
    case "protected":
    case "forbidden":
      return [text("protected file")];
  }
}
