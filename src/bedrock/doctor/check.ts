import type { ErrorAction } from "../../protocol/turn-error.ts";
import type { DoctorContext } from "./doctor-context.ts";

/** In the order in which they run: each stands on those before it. */
export const checkIds = [
  "identity",
  "region",
  "proxy",
  "certificate",
  "endpoint",
  "clock",
  "listing",
  "model-access",
  "call",
  "tools",
  "cache",
  "guardrail",
] as const;
export type CheckId = (typeof checkIds)[number];

interface Found {
  /** What else was seen, a line each. */
  readonly details?: readonly string[];
}

export type CheckResult =
  | (Found & { readonly state: "pass"; readonly what: string })
  | (Found & {
      readonly state: "fail";
      readonly what: string;
      /** What the user can do, as a sentence. */
      readonly fix: string;
      /** The same as buttons, where there are some. */
      readonly actions?: readonly ErrorAction[];
    })
  | (Found & { readonly state: "skipped"; readonly why: string });

export interface Check {
  readonly id: CheckId;
  readonly title: string;
  /** Checks without whose success this one would only fail for their reason. */
  readonly needs: readonly CheckId[];
  /** The longest that it may take, in milliseconds. */
  readonly limitMs: number;
  /** What it costs, where that is more than a few tokens: the user is asked first. */
  readonly cost?: (context: DoctorContext) => string | undefined;
  /** May reject: what it rejects with becomes a failure. */
  readonly run: (context: DoctorContext, signal: AbortSignal) => Promise<CheckResult>;
}

/** A check that was made. Secrets are masked in every text of it. */
export type CheckLine = CheckResult & {
  readonly id: CheckId;
  readonly title: string;
  readonly elapsedMs: number;
};
