import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import * as z from "zod";
import { ToolError } from "../agent/tool.ts";

const quoted = z.object({
  value: z.union([z.string(), z.array(z.string()).transform((words) => words.join(" "))]),
  quoting: z.enum(["escape", "strong", "weak"]),
});
const word = z.union([z.string(), quoted]);
const options = z.object({
  cwd: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  shell: z.object({ executable: z.string().optional(), args: z.array(z.string()).optional() }).optional(),
});
/** What a platform's section may override. */
const command = z.object({
  type: z.string().optional(),
  command: word.optional(),
  args: z.array(word).optional(),
  options: options.optional(),
});
const pattern = z.union([z.string(), z.object({ regexp: z.string() }).transform(({ regexp }) => regexp)]);
/** Of a matcher only how a round of a watcher begins and ends; one that an extension brings is a name. */
const matcher = z.union([
  z.string(),
  z.object({
    background: z
      .object({ beginsPattern: pattern.optional().catch(undefined), endsPattern: pattern })
      .optional()
      .catch(undefined),
  }),
]);
const dependency = z.union([z.string(), z.record(z.string(), z.unknown())]);
const definition = command.extend({
  label: z.string().optional(),
  taskName: z.string().optional(),
  detail: z.string().optional(),
  isBackground: z.boolean().optional(),
  group: z
    .union([
      z.string().transform((kind) => ({ kind, isDefault: false })),
      z.object({ kind: z.string(), isDefault: z.union([z.boolean(), z.string()]).default(false) }),
    ])
    .optional()
    .catch(undefined),
  problemMatcher: z
    .union([matcher.transform((one) => [one]), z.array(matcher)])
    .optional()
    .catch(undefined),
  script: z.string().optional(),
  path: z.string().optional(),
  dependsOn: z.union([dependency.transform((one) => [one]), z.array(dependency)]).optional(),
  dependsOrder: z.enum(["parallel", "sequence"]).optional(),
  windows: command.optional(),
  osx: command.optional(),
  linux: command.optional(),
});
const file = z.object({ options: options.optional(), tasks: z.array(definition).optional() });

/** A word of a command line; how it is quoted is said only where the file says it. */
export type TaskWord = z.infer<typeof word>;
export type TaskOptions = z.infer<typeof options>;
/** One entry of tasks.json, as code.visualstudio.com/docs/reference/tasks-appendix describes it; only what plain Node can use. */
export type TaskDefinition = z.infer<typeof definition>;

/** Reads tasks.json, comments and trailing commas allowed; each definition has the file's own options and this platform's section merged in. Throws a `ToolError` that says what is wrong. */
export function parseTasksJson(text: string, platform: NodeJS.Platform = process.platform): readonly TaskDefinition[] {
  const errors: ParseError[] = [];
  const content: unknown = parse(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [error] = errors;
  if (error !== undefined) {
    const line = text.slice(0, error.offset).split("\n").length;
    throw new ToolError(`.vscode/tasks.json is not valid JSON: ${printParseErrorCode(error.error)} in line ${line}.`);
  }
  const parsed = file.safeParse(content ?? {});
  if (!parsed.success) throw new ToolError(`.vscode/tasks.json cannot be used.\n${z.prettifyError(parsed.error)}`);
  const { tasks = [], options: shared } = parsed.data;
  return tasks.map((task) => mergePlatform(task, shared, platform));
}

function mergePlatform(
  task: TaskDefinition,
  shared: TaskOptions | undefined,
  platform: NodeJS.Platform,
): TaskDefinition {
  const section = platform === "win32" ? task.windows : platform === "darwin" ? task.osx : task.linux;
  const merged = mergeOptions(mergeOptions(shared, task.options), section?.options);
  return { ...task, ...section, ...(merged !== undefined && { options: merged }) };
}

function mergeOptions(under: TaskOptions | undefined, over: TaskOptions | undefined): TaskOptions | undefined {
  if (under === undefined || over === undefined) return over ?? under;
  return { ...under, ...over, env: { ...under.env, ...over.env } };
}
