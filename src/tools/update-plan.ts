import * as z from "zod";
import { defineTool, type Tool, textResult } from "../agent/tool.ts";
import { t } from "../protocol/localize.ts";
import { countDone } from "../protocol/plan.ts";
import type { PlanBoard } from "./plan-board.ts";
import { TALK_SET } from "./tool-sets.ts";

const MOST_ITEMS = 50;
const LONGEST_ITEM = 200;
const TIME_MS = 5000;

const input = z
  .object({
    items: z
      .array(
        z
          .object({
            text: z.string().trim().min(1).max(LONGEST_ITEM).describe("What is to be done, in a few words."),
            status: z.enum(["pending", "in_progress", "done"]),
          })
          .strict(),
      )
      .max(MOST_ITEMS)
      .describe("All items in order, the finished ones too. None: there is no plan any more."),
  })
  .strict();

/** Shows a checklist above the composer. Has no effect on anything else. */
export function createUpdatePlan(board: PlanBoard): Tool {
  return defineTool({
    name: "update_plan",
    description:
      "Shows the user your plan as a checklist, in place of the one before. Use it for work of three steps or more: once before you begin, with one item in_progress, and again whenever an item is done. Not for a single step, and not to answer a question.",
    input,
    effect: "read",
    set: TALK_SET,
    limits: [`${MOST_ITEMS} items`, `${LONGEST_ITEM} characters each`],
    streamingTitle: t("Update the plan"),
    prepare: ({ items }) => ({
      title: t("Updating the plan"),
      effect: "read",
      targets: [],
      subject: { question: t("Update the plan"), details: [] },
      timeoutMs: TIME_MS,
      run: async () => {
        board.showPlan(items);
        if (items.length === 0) return { content: textResult("The plan is gone."), title: t("Cleared the plan") };
        const progress = `${countDone(items)} of ${items.length} done`;
        return {
          content: textResult(`The plan is shown: ${progress}.`),
          title: t("Updated the plan, {0} of {1} done", countDone(items), items.length),
        };
      },
    }),
  });
}
