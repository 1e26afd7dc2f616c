import { randomUUID } from "node:crypto";
import type { Emit } from "../protocol/chat-event.ts";
import type { PlanItem } from "../protocol/plan.ts";
import type { Question, QuestionAnswer } from "../protocol/question.ts";

interface Open {
  readonly question: Question;
  settle(answer: QuestionAnswer): void;
}

/** What a session's tools say to the user, and the user's answers: an answer counts once, for a question that waits. */
export class SessionTalk {
  readonly #open = new Map<string, Open>();
  readonly #emit: Emit;
  readonly #now: () => number;

  readonly #onAnswer: () => void;

  /** `onAnswer`: called whenever an answer counts, before it is handed on. */
  constructor(emit: Emit, now: () => number, onAnswer: () => void) {
    this.#emit = emit;
    this.#now = now;
    this.#onAnswer = onAnswer;
  }

  /** Waits as long as the user thinks. Rejects with the signal's reason. */
  async ask(question: Question, signal: AbortSignal): Promise<QuestionAnswer> {
    signal.throwIfAborted();
    const id = randomUUID();
    let onAbort = (): void => undefined;
    try {
      return await new Promise<QuestionAnswer>((settle, reject) => {
        onAbort = () => reject(signal.reason);
        signal.addEventListener("abort", onAbort, { once: true });
        this.#open.set(id, { question, settle });
        this.#emit({ type: "question", id, question, at: this.#now() });
      });
    } finally {
      signal.removeEventListener("abort", onAbort);
      this.#open.delete(id);
      this.#emit({ type: "question-end", id, at: this.#now() });
    }
  }

  /** Shows the model's plan in place of the one before. */
  showPlan(items: readonly PlanItem[]): void {
    this.#emit({ type: "plan", items, at: this.#now() });
  }

  /** False where no such question waits, or the answer does not fit it: it changes nothing. */
  answer(id: string, answer: QuestionAnswer): boolean {
    const open = this.#open.get(id);
    if (open === undefined || !fits(answer, open.question)) return false;
    this.#open.delete(id);
    this.#onAnswer();
    open.settle(answer);
    return true;
  }

  /** The user goes on otherwise: what waits has no answer. */
  dismiss(): void {
    for (const { settle } of this.#open.values()) settle({ kind: "skip" });
    this.#open.clear();
  }
}

function fits(answer: QuestionAnswer, { options, multiple }: Question): boolean {
  if (answer.kind === "skip") return true;
  const { chosen, text } = answer;
  const isOffered = chosen.every((index) => options[index] !== undefined) && new Set(chosen).size === chosen.length;
  const says = chosen.length > 0 || text.trim() !== "";
  return isOffered && says && (multiple || chosen.length <= 1);
}
