import type { ApprovalDecision } from "../protocol/approval.ts";

/** Why a question is taken back: a rule made with another answer covers it. */
const covered = new Error("A rule covers it now.");

/** Questions that wait for the user side by side. A rule that the user makes with one answer may settle others. */
export class OpenQuestions {
  readonly #looks = new Set<() => Promise<void>>();

  /**
   * Asks until the user answers, or `isCovered` says after a new rule that nobody need be asked: undefined.
   * Rejects with the signal's reason.
   */
  async ask(
    ask: (signal: AbortSignal) => Promise<ApprovalDecision>,
    isCovered: () => Promise<boolean>,
    signal: AbortSignal,
  ): Promise<ApprovalDecision | undefined> {
    const taken = new AbortController();
    const look = async (): Promise<void> => {
      if (await isCovered()) taken.abort(covered);
    };
    this.#looks.add(look);
    try {
      return await ask(AbortSignal.any([signal, taken.signal]));
    } catch (error) {
      if (error === covered) return undefined;
      throw error;
    } finally {
      this.#looks.delete(look);
    }
  }

  /** There is a new rule. */
  async look(): Promise<void> {
    // One that cannot be judged now stays a question.
    await Promise.allSettled([...this.#looks].map((look) => look()));
  }
}
