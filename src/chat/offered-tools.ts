import { type PreparedCall, type Tool, ToolError } from "../agent/tool.ts";
import type { ChatMode, ToolChoice } from "../protocol/chat-choice.ts";

/** What a turn offers the model, as it was chosen when the turn began. */
export interface TurnOffer {
  readonly tools: readonly Tool[];
  readonly system: string;
}

/** The tools that the model is offered: none that is off, and in Ask mode none that has an effect. */
export function offeredTools(tools: readonly Tool[], mode: ChatMode, choice: ToolChoice): readonly Tool[] {
  const on = tools.filter((tool) => isChosen(tool, choice)).slice(0, MOST_TOOLS);
  return mode === "ask" ? on.filter(({ effect, onlyAsks }) => effect === "read" || onlyAsks).map(readingOnly) : on;
}

/** As many as are offered at once: with more, models choose badly and every request pays for them. */
export const MOST_TOOLS = 128;

export function isChosen({ name, isOffByDefault }: Tool, choice: ToolChoice): boolean {
  return choice[name] ?? isOffByDefault !== true;
}

/** A tool that says it only reads is held to that. */
function readingOnly(tool: Tool): Tool {
  return {
    ...tool,
    prepare: async (input, signal): Promise<PreparedCall> => {
      const call = await tool.prepare(input, signal);
      if (call.effect === "read" || call.request?.access === "read") return call;
      throw new ToolError("This is Ask mode: nothing that has an effect is done. Nothing was done.");
    },
  };
}
