import { dirname, isAbsolute, join, resolve } from "node:path";
import { t } from "../../protocol/localize.ts";
import type { PathClass } from "../paths/path-class.ts";
import type { ArgumentCheck } from "./argument-check.ts";
import type { TouchedPath } from "./command-facts.ts";
import { type NamedPath, namedPaths } from "./named-paths.ts";
import type { SimpleCommand } from "./simple-command.ts";
import type { TreeDepth, WithheldBelow } from "./withheld-below.ts";

/** Paths as this line sees them. */
export interface PathContext {
  /** Absolute. */
  readonly cwd: string;
  /** The workspace's folders, absolute. */
  readonly folders: readonly string[];
  /** The home folder that `~` stands for. */
  readonly home?: string;
  /** By default the stricter of both accesses. Rejects where a path cannot be resolved: that is a reason to ask. */
  readonly classifyPath: (absolute: string, access?: "write") => Promise<PathClass>;
  /** What a program that reads all below an absolute path would meet. */
  readonly lookBelow: (absolute: string, depth: TreeDepth) => Promise<WithheldBelow>;
}

export interface TouchedPaths {
  readonly paths: readonly TouchedPath[];
  /** Why reading one of them is not safe although the words are, in plain words. */
  readonly problem?: string;
}

/** Resolves and classifies what a command names. */
export async function touchedPaths(
  command: SimpleCommand,
  check: ArgumentCheck | undefined,
  context: PathContext,
): Promise<TouchedPaths> {
  const paths: TouchedPath[] = [];
  const problems: string[] = [];
  for (const named of namedPaths(command, check)) {
    for (const absolute of await absolutePaths(named, context)) {
      const { text, access } = named;
      const pathClass = await context.classifyPath(absolute);
      paths.push({ text, access, pathClass });
      // A file may hold secret values and steer programs as well.
      const asWritten = access === "read" ? pathClass : await context.classifyPath(absolute, "write");
      if (asWritten.kind !== pathClass.kind) paths.push({ text, access, pathClass: asWritten });
      if (access === "read" && pathClass.kind === "forbidden") problems.push(t("{0} is not read by rule", text));
      const below = await classBelow(absolute, named, context);
      if (below.kind === "withheld") paths.push({ text, access, pathClass: below.found });
      if (below.kind === "unknown") problems.push(t("what is below {0} cannot be looked through", text));
    }
  }
  const [problem] = problems;
  return problem === undefined ? { paths } : { paths, problem };
}

async function absolutePaths({ text, isOfRepository }: NamedPath, context: PathContext): Promise<readonly string[]> {
  const { cwd, folders, home } = context;
  if (home !== undefined && /^~(?:\/|$)/.test(text)) return [join(home, text.slice(1))];
  const bases = isOfRepository && !isAbsolute(text) ? [...new Set([cwd, ...folders])] : [cwd];
  return Promise.all(bases.map((base) => followPath(base, text, context)));
}

/** As the system follows a path: `..` leads to the parent of where a link leads, not back to before the link. */
async function followPath(base: string, text: string, { classifyPath }: PathContext): Promise<string> {
  if (!text.split(/[/\\]/).includes("..")) return resolve(base, text);
  let path = isAbsolute(text) ? resolve("/") : base;
  for (const name of text.split("/")) {
    path = name === ".." ? dirname((await classifyPath(path)).canonical) : resolve(path, name);
  }
  return path;
}

async function classBelow(absolute: string, { depth }: NamedPath, context: PathContext): Promise<WithheldBelow> {
  if (depth === "itself") return { kind: "nothing" };
  return context.lookBelow(absolute, depth);
}
