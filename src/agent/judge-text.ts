import { type GuardrailReport, onlyTells } from "../protocol/guardrail.ts";
import { t } from "../protocol/localize.ts";

/** A piece of a text as a guardrail judged it. */
export interface JudgedPiece {
  readonly text: string;
  /** Present where the guardrail intervened. */
  readonly intervention?: { readonly output: string; readonly assessments: unknown };
}

export interface TextGuard {
  /** All of the text, in pieces. Rejects where the guardrail could not be asked. */
  judge(text: string, signal: AbortSignal): Promise<readonly JudgedPiece[]>;
  /** What assessments say; undefined where they name no policy. */
  report(assessments: unknown): GuardrailReport | undefined;
  /** Tells the user something that is no question. */
  notify(text: string): void;
}

/**
 * What the model may read of a tool's text. What a guardrail blocks is withheld, and so is what could not be judged: one
 * that cannot be reached must not let through what it is there to stop.
 */
export async function judgeText(text: string, tool: string, guard: TextGuard, signal: AbortSignal): Promise<string> {
  const pieces = await guard.judge(text, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    return error instanceof Error ? error : new Error(String(error));
  });
  if (pieces instanceof Error) {
    guard.notify(
      t("The guardrail could not judge a result of {0}, so the model does not get it: {1}", tool, pieces.message),
    );
    return "This result was withheld: the guardrail of the account could not judge it. Go on without it.";
  }
  const judged = pieces.map((piece): JudgedPiece => (isLeft(piece, guard) ? { text: piece.text } : piece));
  const interventions = judged.flatMap(({ intervention }) => intervention ?? []);
  if (interventions.length === 0) return text;
  const reports = interventions.map(({ assessments }) => guard.report(assessments));
  if (reports.every((report) => report?.blocked === false)) {
    guard.notify(t("The guardrail masked parts of a result of {0}.", tool));
    return judged.map((piece) => piece.intervention?.output ?? piece.text).join("");
  }
  guard.notify(
    t("The guardrail blocked a result of {0}, so the model does not get it: {1}.", tool, findingsOf(reports)),
  );
  return "This result was withheld: a guardrail of the account blocked it. Go on without it.";
}

function isLeft({ intervention }: JudgedPiece, guard: TextGuard): boolean {
  const report = intervention && guard.report(intervention.assessments);
  return report !== undefined && onlyTells(report);
}

/** Which policy, and which text where it looks for texts. */
function findingsOf(reports: readonly (GuardrailReport | undefined)[]): string {
  const found = reports
    .flatMap((report) => report?.findings ?? [])
    .map(({ policy, name, match }) =>
      match === undefined || match === name
        ? t('{0} policy "{1}"', policy, name)
        : t('{0} policy "{1}" at "{2}"', policy, name, match),
    );
  return found.length === 0 ? t("it names no policy") : [...new Set(found)].slice(0, 5).join(", ");
}
