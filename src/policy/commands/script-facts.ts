import { createHash } from "node:crypto";
import { dirname, join, relative, resolve } from "node:path";
import * as z from "zod";
import type { ReadText } from "./git-config-programs.ts";

/** The script of a package.json that a command runs. */
export interface ScriptFacts {
  readonly name: string;
  /** Path of the package.json. */
  readonly file: string;
  /** The scripts that run, in order, each as `name: text`; scripts that those run are in it. */
  readonly text: string;
  /** Hash (hexadecimal) over that text and over each file that it names. */
  readonly sha256: string;
}

const runners: ReadonlySet<string> = new Set(["npm", "pnpm", "yarn"]);
/** What `npm <word>` runs without `run`. */
const shortForms = new Map([
  ["test", "test"],
  ["t", "test"],
  ["tst", "test"],
  ["start", "start"],
  ["stop", "stop"],
  ["restart", "restart"],
]);
/** Scripts may run scripts; so deep they are followed. */
const mostNested = 5;

/** The name of the script that the words run; undefined where they run none. */
export function scriptNameOf(texts: readonly string[]): string | undefined {
  const [program, verb, name] = texts;
  if (program === undefined || verb === undefined || !runners.has(program)) return undefined;
  if (verb === "run" || verb === "run-script") return name;
  return shortForms.get(verb) ?? (program !== "npm" && /^[\w:.-]+$/.test(verb) ? verb : undefined);
}

/** Undefined where no package.json from the folder up to `top` has the script. */
export async function readScript(
  name: string,
  { folder, top, readText }: { readonly folder: string; readonly top: string; readonly readText: ReadText },
): Promise<ScriptFacts | undefined> {
  for (let parent = folder; ; parent = dirname(parent)) {
    const file = join(parent, "package.json");
    const scripts = scriptsIn(await readText(file));
    if (scripts !== undefined) {
      const lines = linesOf(name, scripts, mostNested);
      if (lines.length === 0) return undefined;
      const text = lines.join("\n");
      return { name, file, text, sha256: await hashOf(text, { folder: parent, top, readText }) };
    }
    if (parent === top || dirname(parent) === parent) return undefined;
  }
}

const packageJson = z.object({ scripts: z.record(z.string(), z.string()).default({}) });

function scriptsIn(text: string | undefined): ReadonlyMap<string, string> | undefined {
  if (text === undefined) return undefined;
  try {
    return new Map(Object.entries(packageJson.parse(JSON.parse(text)).scripts));
  } catch {
    return new Map();
  }
}

function linesOf(name: string, scripts: ReadonlyMap<string, string>, depth: number): readonly string[] {
  const main = scripts.get(name);
  if (main === undefined || depth === 0) return [];
  return [`pre${name}`, name, `post${name}`].flatMap((each) => {
    const text = scripts.get(each);
    if (text === undefined) return [];
    const inner = [...text.matchAll(/\b(?:npm|pnpm|yarn)\s+(?:run(?:-script)?\s+)?(?:-\S+\s+)*([\w:.-]+)/g)];
    return [`${each}: ${text}`, ...inner.flatMap(([, called = ""]) => linesOf(called, scripts, depth - 1))];
  });
}

async function hashOf(
  text: string,
  { folder, top, readText }: { readonly folder: string; readonly top: string; readonly readText: ReadText },
): Promise<string> {
  const hash = createHash("sha256").update(text);
  const words = [...new Set(text.split(/[\s"'`;|&()<>=:]+/))].filter(
    (word) => /[./]/.test(word) && !word.startsWith("-"),
  );
  for (const word of words) {
    const path = resolve(folder, word);
    const content = relative(top, path).startsWith("..") ? undefined : await readText(path);
    if (content !== undefined) hash.update(`\0${word}\0${content}`);
  }
  return hash.digest("hex");
}
