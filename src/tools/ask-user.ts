import * as z from "zod";
import { defineTool, type Tool, type ToolSuccess, textResult } from "../agent/tool.ts";
import { t } from "../protocol/localize.ts";
import type { Question, QuestionAnswer } from "../protocol/question.ts";
import { TALK_SET } from "./tool-sets.ts";
import type { UserQuestions } from "./user-questions.ts";

const MOST_OPTIONS = 6;
const LONGEST_QUESTION = 2000;
const LONGEST_LABEL = 200;
const LONGEST_DESCRIPTION = 500;
/** Characters of the question, and of the answer, in a title. */
const SHOWN = 60;

const input = z
  .object({
    question: z.string().trim().min(1).max(LONGEST_QUESTION).describe("The question, complete in itself."),
    options: z
      .array(
        z
          .object({
            label: z.string().trim().min(1).max(LONGEST_LABEL).describe("The answer in a few words."),
            description: z.string().trim().max(LONGEST_DESCRIPTION).optional().describe("What choosing it means."),
          })
          .strict(),
      )
      .max(MOST_OPTIONS)
      .optional()
      .describe("Answers to choose from, the recommended one first. The user may always write another answer."),
    multiple: z.boolean().optional().describe("More than one option may be chosen. Default: false."),
  })
  .strict()
  .refine(({ options = [] }) => new Set(options.map(({ label }) => label)).size === options.length, {
    error: "The options must differ in their labels.",
  });

/** Asks the user something that only they know. Has no effect, so that nobody is asked whether it may ask. */
export function createAskUser(user: UserQuestions): Tool {
  return defineTool({
    name: "ask_user",
    description:
      "Asks the user a question and waits for the answer. Use it for a decision that is theirs or a fact that only they know, not for what the files can tell and not for permission: calls that need approval are asked about by themselves. The user may skip the question.",
    input,
    effect: "read",
    set: TALK_SET,
    limits: [`${MOST_OPTIONS} options`, "no time limit"],
    streamingTitle: t("Ask you a question"),
    prepare({ question: text, options = [], multiple = false }) {
      const question: Question = { text, options: options.map(toOption), multiple };
      const asked = clip(text);
      return {
        title: t("Asking: {0}", asked),
        effect: "read",
        targets: [],
        waitsForUser: true,
        subject: { question: t("Ask: {0}", asked), details: [] },
        timeoutMs: Number.POSITIVE_INFINITY,
        run: async ({ signal }) => describe(question, await user.ask(question, signal)),
      };
    },
  });
}

type GivenOption = NonNullable<z.infer<typeof input>["options"]>[number];

function toOption({ label, description = "" }: GivenOption): Question["options"][number] {
  return description === "" ? { label } : { label, description };
}

function describe({ text, options }: Question, answer: QuestionAnswer): ToolSuccess {
  const asked = clip(text);
  if (answer.kind === "skip") {
    const told =
      "The user skipped the question. Go on without an answer, and say what you assume; do not ask it again.";
    return { content: textResult(told), title: t("Asked: {0} Skipped", asked) };
  }
  const chosen = answer.chosen.flatMap((index) => options[index]?.label ?? []);
  const written = answer.text.trim();
  const told = [
    ...(chosen.length > 0 ? [`The user chose: ${chosen.join("; ")}`] : []),
    ...(written === "" ? [] : [`The user wrote: ${written}`]),
  ];
  const shown = clip([...chosen, ...(written === "" ? [] : [written])].join(", "));
  return { content: textResult(told.join("\n")), title: t("Asked: {0} {1}", asked, shown) };
}

/** The first line, cut where it is long. */
function clip(text: string): string {
  const [line = ""] = text.split("\n");
  return line.length > SHOWN || line !== text ? `${line.slice(0, SHOWN).trimEnd()}…` : line;
}
