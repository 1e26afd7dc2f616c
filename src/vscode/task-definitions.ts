import * as vscode from "vscode";
import * as z from "zod";
import type { ReadyPattern } from "../tools/ready-watch.ts";

const pattern = z.union([z.string(), z.object({ regexp: z.string() }).transform(({ regexp }) => regexp)]);
const background = z.object({ beginsPattern: pattern.optional().catch(undefined), endsPattern: pattern });
const matcher = z.union([
  z.string(),
  z.object({
    source: z.string().optional(),
    base: z.string().optional(),
    background: background.optional().catch(undefined),
  }),
]);
const dependency = z.union([z.string(), z.record(z.string(), z.unknown())]);
const definition = z.object({
  label: z.string().optional(),
  taskName: z.string().optional(),
  problemMatcher: z
    .union([matcher.transform((one) => [one]), z.array(matcher)])
    .optional()
    .catch(undefined),
  dependsOn: z
    .union([dependency.transform((one) => [one]), z.array(dependency)])
    .optional()
    .catch(undefined),
  dependsOrder: z.string().optional().catch(undefined),
});
const definitions = z.array(definition.catch({})).catch([]);
const contributedMatchers = z
  .object({
    contributes: z.object({
      problemMatchers: z.array(
        z.object({
          name: z.string(),
          source: z.string().optional(),
          background: background.optional().catch(undefined),
        }),
      ),
    }),
  })
  .transform(({ contributes }) => contributes.problemMatchers)
  .catch([]);

/** What tasks.json says of a task and the API does not: its dependencies and its inline problem matchers. */
export type TaskDefinition = z.infer<typeof definition>;
/** A task's label, or the properties of a contributed task. */
export type TaskDependency = z.infer<typeof dependency>;

/** The entry of tasks.json with this name, in the folder's file or the window's; undefined for a task that only an extension knows. */
export function definitionOf(name: string, scope: vscode.Task["scope"]): TaskDefinition | undefined {
  const folder = typeof scope === "object" ? scope.uri : undefined;
  const entries = definitions.parse(vscode.workspace.getConfiguration("tasks", folder).get("tasks"));
  return entries.find(({ label, taskName }) => (label ?? taskName) === name);
}

/** Whether problem matchers read the task's output, and the `source` that their diagnostics carry where they say one. */
export function problemSources(task: vscode.Task, entry: TaskDefinition | undefined): readonly (string | undefined)[] {
  const inline = (entry?.problemMatcher ?? []).map((one) =>
    typeof one === "string" ? sourceOf(one) : (one.source ?? sourceOf(one.base)),
  );
  return [...inline, ...task.problemMatchers.map(sourceOf)];
}

/** How each matcher of a background task that knows tells in its output that a round begins and ends. */
export function readyPatterns(task: vscode.Task, entry: TaskDefinition | undefined): readonly ReadyPattern[] {
  const inline = (entry?.problemMatcher ?? []).map((one) =>
    typeof one === "string" ? contributed(one)?.background : (one.background ?? contributed(one.base)?.background),
  );
  const patterns = [...inline, ...task.problemMatchers.map((name) => contributed(name)?.background)];
  return patterns.flatMap((found) => {
    if (found === undefined) return [];
    const { beginsPattern: begins, endsPattern: ends } = found;
    return [{ ends, ...(begins !== undefined && { begins }) }];
  });
}

/** `$tsc` and its kind are contributed by extensions. */
function sourceOf(name: string | undefined): string | undefined {
  return contributed(name)?.source;
}

function contributed(name: string | undefined) {
  const wanted = name?.replace(/^\$/, "");
  const matchers = vscode.extensions.all.flatMap(({ packageJSON }) => contributedMatchers.parse(packageJSON));
  return matchers.find((one) => one.name === wanted);
}
