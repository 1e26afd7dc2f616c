import type { Choice, Prompts, TextQuestion } from "../../src/vscode/prompts.ts";

/** What the user does at a question: picks what has this label, types this, or closes it. */
export type Answer = string | undefined;

export interface ScriptedPrompts extends Prompts {
  /** Titles of the questions, and what was said against a text. */
  readonly asked: readonly string[];
  readonly passwords: readonly string[];
}

/** Answers the questions of a command one after another; a text that is refused is followed by the next answer. */
export function scriptedPrompts(...answers: readonly Answer[]): ScriptedPrompts {
  const left = [...answers];
  const asked: string[] = [];
  const passwords: string[] = [];
  const next = (): Answer => {
    if (left.length === 0) throw new Error(`one question too many: ${asked.at(-1)}`);
    return left.shift();
  };
  const ask = async (question: TextQuestion): Promise<string | undefined> => {
    asked.push(question.prompt);
    for (;;) {
      const text = next();
      if (text === undefined) return undefined;
      const typed = text === "" ? (question.value ?? "") : text;
      const problem = question.problemOf?.(typed);
      if (problem === undefined) {
        if (question.password === true) passwords.push(typed);
        return typed;
      }
      asked.push(`! ${problem}`);
    }
  };
  const pick = async <Value>(title: string, choices: readonly Choice<Value>[]): Promise<Value | undefined> => {
    asked.push(title);
    const label = next();
    if (label === undefined) return undefined;
    const chosen = choices.find((choice) => choice.label.includes(label));
    if (chosen === undefined) throw new Error(`${title} has no ${label}`);
    return chosen.value;
  };
  return { asked, passwords, ask, pick };
}
