import * as z from "zod";
import type { ConverseRequest } from "../responder.ts";
import type { Reply } from "../script-schema.ts";
import { commitSubject } from "./commit-subject.ts";
import { editedSelection } from "./edited-selection.ts";

const schema = z.looseObject({
  type: z.string().optional(),
  enum: z.array(z.json()).optional(),
  const: z.json().optional(),
  minimum: z.number().optional(),
  maxLength: z.int().optional(),
  minItems: z.int().optional(),
  required: z.array(z.string()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
});
const longestPhrase = 60;

/**
 * The one call that a `toolChoice` of `any` or `tool` leaves a model: its input has what the schema requires, and no
 * more; texts are the first words of the prompt, a commit's subject is of its files, an edit a comment. Undefined where the model is free to choose.
 */
export function forcedCall({ toolConfig, messages = [] }: ConverseRequest, prompt: string): Reply | undefined {
  const { toolChoice, tools = [] } = toolConfig ?? {};
  if (toolChoice?.any === undefined && toolChoice?.tool === undefined) return undefined;
  const specs = tools.flatMap((tool) => (tool.toolSpec === undefined ? [] : [tool.toolSpec]));
  const spec = specs.find(({ name }) => name === toolChoice.tool?.name) ?? specs[0];
  if (spec === undefined) return undefined;
  const subject = spec.name === "write_commit_message" ? commitSubject(prompt) : undefined;
  if (subject !== undefined) return { toolUses: [{ name: spec.name, input: { subject } }] };
  // The prompt is without the code in it.
  const asked =
    messages
      .at(-1)
      ?.content.flatMap(({ text }) => text ?? [])
      .join("\n") ?? "";
  const code = spec.name === "replace_selection" ? editedSelection(asked) : undefined;
  if (code !== undefined) return { toolUses: [{ name: spec.name, input: { code } }] };
  const input = z
    .record(z.string(), z.json())
    .catch({})
    .parse(fillIn(spec.inputSchema.json, firstWords(prompt)));
  return { toolUses: [{ name: spec.name, input }] };
}

function fillIn(form: unknown, phrase: string): z.infer<ReturnType<typeof z.json>> {
  const { success, data } = schema.safeParse(form);
  if (!success) return null;
  const [first] = data.enum ?? [];
  if (data.const !== undefined || first !== undefined) return data.const ?? first ?? null;
  switch (data.type) {
    case "object":
      return Object.fromEntries((data.required ?? []).map((name) => [name, fillIn(data.properties?.[name], phrase)]));
    case "array":
      return Array.from({ length: data.minItems ?? 0 }, () => fillIn(data.items, phrase));
    case "boolean":
      return true;
    case "integer":
    case "number":
      return data.minimum ?? 1;
    case "null":
      return null;
    default:
      return phrase.slice(0, data.maxLength);
  }
}

/** Whole words of the first paragraph, as many as make a title. */
function firstWords(prompt: string): string {
  const [paragraph = ""] = prompt.trim().split(/\n\s*\n/u);
  const words = paragraph.split(/\s+/u);
  let phrase = "";
  for (const word of words) {
    if (phrase.length + word.length > longestPhrase) break;
    phrase = `${phrase} ${word}`.trim();
  }
  return phrase === "" ? "(nothing)" : phrase;
}
