import { t } from "../../protocol/localize.ts";
import { redact } from "../redact.ts";
import type { CheckLine } from "./check.ts";
import type { DoctorContext } from "./doctor-context.ts";

const marks = { pass: "✓", fail: "✗", skipped: "–" } as const;

/** A line as people read it, with what was found and what helps below. */
export function describeLine(line: CheckLine): string {
  const said = line.state === "skipped" ? t("skipped. {0}", line.why) : line.what;
  const fix = line.state === "fail" ? [`    ${t("Fix: {0}", line.fix)}`] : [];
  const details = (line.details ?? []).map((detail) => `    ${detail.replaceAll(/\s+/gu, " ")}`);
  return [`${marks[line.state]} ${line.title}: ${said}`, ...fix, ...details].join("\n");
}

/** What is checked. */
export function describeHead({ settings, secrets }: DoctorContext): string {
  const { modelId, endpoint, profile } = settings;
  const lines = [
    t("Outcrop connection check"),
    t("Model: {0}", modelId),
    ...(endpoint === undefined ? [] : [t("Endpoint: {0}", endpoint)]),
    ...(profile === undefined ? [] : [t("Profile: {0}", profile)]),
  ];
  return redact(lines.join("\n"), secrets);
}

export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function summarize(lines: readonly CheckLine[]): Summary {
  const count = (state: CheckLine["state"]): number => lines.filter((line) => line.state === state).length;
  return { passed: count("pass"), failed: count("fail"), skipped: count("skipped") };
}

export function describeSummary({ passed, failed, skipped }: Summary): string {
  return t("{0} passed, {1} failed, {2} skipped.", passed, failed, skipped);
}
