import type { ConverseRequest } from "../responder.ts";
import type { ToolOutcome } from "./progress.ts";

/** What the demo model reads out of a request: the last prompt and what the tools answered since. */
export interface DemoConversation {
  readonly prompt: string;
  /** Number of messages up to and with the prompt: tells prompts of one conversation apart. */
  readonly promptPosition: number;
  readonly exchanges: readonly { readonly call: PastCall; readonly outcome: ToolOutcome }[];
  readonly toolNames: ReadonlySet<string>;
}

/** A call as it came back in the history. */
export interface PastCall {
  readonly name: string;
  readonly input: unknown;
}

type Message = NonNullable<ConverseRequest["messages"]>[number];
type ToolResult = NonNullable<Message["content"][number]["toolResult"]>;

/**
 * The prompt is the last text, outside of code fences, of the last user message that has any: results of calls that the
 * user stopped may stand before it in the same message.
 */
export function readConversation(request: ConverseRequest): DemoConversation {
  const messages = request.messages ?? [];
  const position = messages.findLastIndex(
    ({ role, content }) => role === "user" && content.some(({ text }) => text !== undefined),
  );
  const since = messages.slice(position + 1).flatMap(({ content }) => content);
  const results = new Map(
    since.flatMap(({ toolResult }) => (toolResult === undefined ? [] : [[toolResult.toolUseId, toolResult]])),
  );
  const exchanges = since.flatMap(({ toolUse }) => {
    const result = toolUse === undefined ? undefined : results.get(toolUse.toolUseId);
    return toolUse === undefined || result === undefined
      ? []
      : [{ call: { name: toolUse.name, input: toolUse.input }, outcome: toOutcome(result) }];
  });
  const texts = (messages[position]?.content ?? []).flatMap(({ text }) => text ?? []);
  const prompt = (texts.at(-1) ?? "").replace(/```[\s\S]*?```/gu, " ").trim();
  const tools = request.toolConfig?.tools ?? [];
  const toolNames = new Set(tools.flatMap(({ toolSpec }) => toolSpec?.name ?? []));
  return { prompt, promptPosition: position + 1, exchanges, toolNames };
}

/** Clients leave out the status of a result for models that take none, and begin an error's text with "Error:". */
function toOutcome({ status, content }: ToolResult): ToolOutcome {
  const said = content.map(({ text, json }) => text ?? JSON.stringify(json ?? "")).join("\n");
  const mark = status === undefined ? (/^Error:\s*/u.exec(said)?.[0] ?? "") : "";
  const text = said.slice(mark.length);
  if (status !== "error" && mark === "") {
    return { kind: "succeeded", text };
  }
  const denied = /\b(?:skip(?:ped)?|den(?:y|ied)|declin|reject|did not allow|not approved)/iu.test(text);
  return { kind: denied ? "denied" : "failed", text };
}
