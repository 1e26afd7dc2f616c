import { t } from "../../protocol/localize.ts";
import { configurationError } from "../configuration-error.ts";
import type { Destinations } from "./destinations.ts";

/** A region, or the beginning of several: `eu-central-1`, `eu-*`. */
const entryPattern = /^[a-z]{2,4}(?:-[a-z0-9]+)*(?:-\*)?$|^\*$/u;

/**
 * The setting as the user wrote it. A lock that is not understood must not be open, so a wrong one is refused instead of
 * left out. Throws a `ModelError` of kind `configuration`.
 */
export function readAllowedRegions(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw refuse(t("outcrop.allowedRegions is not a list of regions."));
  return value.map((entry: unknown) => {
    const region = typeof entry === "string" ? entry.trim() : "";
    if (entryPattern.test(region)) return region;
    throw refuse(
      t("outcrop.allowedRegions holds {0}, which is no region: write eu-central-1, or eu-*.", JSON.stringify(entry)),
    );
  });
}

/** Why the lock keeps a model from being asked, as the end of a sentence; undefined where it may be. */
export function residencyProblem(destinations: Destinations, allowed: readonly string[]): string | undefined {
  if (allowed.length === 0 || allowed.includes("*")) return undefined;
  switch (destinations.kind) {
    case "everywhere":
      return t("may be answered in any commercial region of AWS");
    case "unknown":
      return t("may be answered in regions that are not known, because {0}", destinations.why);
    case "regions": {
      const outside = destinations.regions.filter((region) => !allowed.some((entry) => covers(entry, region)));
      if (destinations.regions.length === 0) return t("may be answered in regions that are not known");
      return outside.length === 0 ? undefined : t("may be answered in {0}", outside.join(", "));
    }
  }
}

/** Throws a `ModelError` of kind `configuration` where requests for the model may leave the allowed regions. */
export function assertResidency(modelId: string, destinations: Destinations, allowed: readonly string[]): void {
  const problem = residencyProblem(destinations, allowed);
  if (problem === undefined) return;
  throw configurationError(
    t(
      "Nothing was sent: {0} {1}, and outcrop.allowedRegions allows {2} only. Select a model of an allowed region, or an inference profile that stays within them.",
      modelId,
      problem,
      allowed.join(", "),
    ),
    ["select-model", "open-settings"],
  );
}

function covers(entry: string, region: string): boolean {
  return entry.endsWith("*") ? region.startsWith(entry.slice(0, -1)) : region === entry;
}

function refuse(message: string): Error {
  return configurationError(message, ["open-settings"]);
}
