import type { ConverseRequest, Responder } from "../../../src/emulator/responder.ts";
import type { Reply } from "../../../src/emulator/script-schema.ts";

type Message = NonNullable<ConverseRequest["messages"]>[number];

/** What a tool answers: text, or the text of an error. */
export type ToolAnswer = string | { readonly error: string };
export type Tools = Readonly<Record<string, (input: Readonly<Record<string, unknown>>) => ToolAnswer>>;

/** One step of a demo conversation. */
export interface DemoStep {
  readonly said: string;
  readonly calls: readonly { readonly name: string; readonly input: unknown }[];
}

/** Holds a conversation with the demo model until it calls no tool, answering its calls with these tools. */
export function holdConversation(model: Responder, prompt: string, tools: Tools): DemoStep[] {
  const messages: Message[] = [{ role: "user", content: [{ text: prompt }] }];
  const steps: DemoStep[] = [];
  for (let step = 0; step < 12; step += 1) {
    const reply = askOnce(model, messages, Object.keys(tools));
    const toolUses = reply.toolUses ?? [];
    steps.push({ said: saidBy(reply), calls: toolUses.map(({ name, input }) => ({ name, input })) });
    if (toolUses.length === 0) {
      return steps;
    }
    messages.push({
      role: "assistant",
      content: [
        { text: saidBy(reply) },
        ...toolUses.map(({ name, input }, index) => ({ toolUse: { toolUseId: `call-${step}-${index}`, name, input } })),
      ],
    });
    messages.push({
      role: "user",
      content: toolUses.map(({ name, input }, index) => {
        const answer = tools[name]?.(Object.fromEntries(Object.entries(input ?? {}))) ?? { error: "no such tool" };
        const error = typeof answer !== "string";
        return {
          toolResult: {
            toolUseId: `call-${step}-${index}`,
            content: [{ text: error ? answer.error : answer }],
            status: error ? ("error" as const) : ("success" as const),
          },
        };
      }),
    });
  }
  throw new Error(`the demo model did not come to an end: ${JSON.stringify(steps)}`);
}

/** The model's reply to these messages with tools of these names on offer. */
export function askOnce(model: Responder, messages: Message[], toolNames: readonly string[]): Reply {
  const tools = toolNames.map((name) => ({ toolSpec: { name, inputSchema: { json: { type: "object" } } } }));
  const request = tools.length === 0 ? { messages } : { messages, toolConfig: { tools } };
  const reply = model({ operation: "converse-stream", modelId: "outcrop.demo", request });
  if (reply === undefined) {
    throw new Error("the demo model always has a reply");
  }
  return reply;
}

function saidBy(reply: Reply): string {
  return [reply.text ?? ""].flat().join("");
}

/** A small workspace whose tools answer in the format of the product's own. */
export function workspaceTools(files: Readonly<Record<string, string>>): Tools {
  return {
    search_files: (input) => search(files, input),
    read_file: (input) => read(files, input),
  };
}

function search(files: Readonly<Record<string, string>>, input: Readonly<Record<string, unknown>>): string {
  const pattern = String(input["pattern"]);
  const escaped = input["regex"] === true ? pattern : pattern.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
  const wanted = new RegExp(escaped, "iu");
  const name = typeof input["glob"] === "string" ? input["glob"].replace("**/", "") : "";
  const found = Object.entries(files)
    .filter(([path]) => path.endsWith(name))
    .map(([path, text]) => ({
      path,
      lines: text.split("\n").flatMap((line, index) => (wanted.test(line) ? [`  ${index + 1}: ${line}`] : [])),
    }))
    .filter(({ lines }) => lines.length > 0);
  const count = found.reduce((sum, { lines }) => sum + lines.length, 0);
  const body = found.flatMap(({ path, lines }) => [path, ...lines]);
  return [`${count} results in ${found.length} files`, ...body].join("\n");
}

function read(files: Readonly<Record<string, string>>, input: Readonly<Record<string, unknown>>): ToolAnswer {
  const path = String(input["path"]);
  const text = files[path];
  if (text === undefined) {
    return { error: `There is no file ${path}.` };
  }
  const lines = text.split("\n");
  const start = Number(input["startLine"] ?? 1);
  const end = Math.min(Number(input["endLine"] ?? lines.length), lines.length);
  const shown = lines.slice(start - 1, end).map((line, index) => `${start + index}\t${line}`);
  return [`${path} (lines ${start}-${end} of ${lines.length})`, ...shown].join("\n");
}
