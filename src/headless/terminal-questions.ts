import { createInterface } from "node:readline/promises";
import { ToolError } from "../agent/tool.ts";
import { makeVisible } from "../policy/display/make-visible.ts";
import type { Question, QuestionAnswer } from "../protocol/question.ts";
import type { UserQuestions } from "../tools/user-questions.ts";

/** Whoever sits at the terminal, whatever `--approve` says: an approval is no answer. Without a terminal nobody is there. */
export class TerminalQuestions implements UserQuestions {
  readonly #input: NodeJS.ReadStream;

  constructor(input: NodeJS.ReadStream = process.stdin) {
    this.#input = input;
  }

  async ask(question: Question, signal: AbortSignal): Promise<QuestionAnswer> {
    if (!this.#input.isTTY) {
      throw new ToolError("No person is here to answer. Go on without an answer, and say what you assume.");
    }
    const terminal = createInterface({ input: this.#input, output: process.stderr });
    try {
      return readAnswer(question, await terminal.question(questionLines(question), { signal }));
    } finally {
      terminal.close();
    }
  }
}

function questionLines({ text, options, multiple }: Question): string {
  const lines = options.map(({ label, description }, index) => {
    const more = description === undefined ? "" : `: ${description}`;
    return `  ${index + 1}. ${label}${more}`;
  });
  const how = multiple ? "Numbers, or your own words" : "A number, or your own words";
  const asked = options.length === 0 ? "Your answer" : how;
  return `${[text, ...lines].map(makeVisible).join("\n")}\n${asked}; nothing skips: `;
}

/** Numbers of options count as those; anything else is the answer itself. */
export function readAnswer({ options, multiple }: Question, line: string): QuestionAnswer {
  const text = line.trim();
  if (text === "") return { kind: "skip" };
  const numbers = /^\d+(?:[\s,]+\d+)*$/.test(text) ? text.split(/[\s,]+/).map(Number) : [];
  const chosen = [...new Set(numbers.map((number) => number - 1))];
  const isChoice = chosen.length > 0 && chosen.every((index) => options[index] !== undefined);
  if (isChoice && (multiple || chosen.length === 1)) return { kind: "answer", chosen, text: "" };
  return { kind: "answer", chosen: [], text };
}
