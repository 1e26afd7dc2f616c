import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, readlink, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { writeTree } from "../support/write-tree.ts";

const run = promisify(execFile);

/** What a program in the folder does when somebody runs it. */
const trap = '#!/bin/sh\ntouch "$OUTCROP_FUZZ_ROOT/made-by-a-trap"\n';

const files = {
  "a.txt": "b\na\n",
  "b.txt": "a\nc\n",
  "a b.txt": "x y\n",
  "data.json": '{"a":[1]}\n',
  "src/c.ts": "export const c = 1;\n",
  "sub/d.txt": "d\n",
  ".env": "KEY=1\n",
  "-rf": "flag\n",
  "--output=made": "flag\n",
  "-o": "flag\n",
  PATH: "path\n",
  HEAD: "no ref\n",
  made: "there already\n",
  "x.sh": trap,
  ls: trap,
  "0/ls": trap,
  "0/cat": trap,
  "0/git": trap,
} as const;

const traps = ["x.sh", "ls", "0/ls", "0/cat", "0/git"];

/** Settings of the repository that would run the trap, had the environment not turned them off. */
const hostileSettings = [
  ["core.fsmonitor", "./x.sh"],
  ["core.pager", "./x.sh"],
  ["pager.log", "./x.sh"],
  ["core.hooksPath", "."],
] as const;

/** A throw-away root with a work tree full of traps; `dispose` removes it. */
export interface CommandFolder {
  readonly root: string;
  readonly workTree: string;
  /** Text of git's configuration. */
  readonly config: string;
  /** Runs every line in a shell of its own, in order; resolves to what was left undone when the time was up. */
  runLines(lines: readonly string[]): Promise<{ readonly isCutOff: boolean }>;
  /** How bash splits each line into words. */
  wordsOf(lines: readonly string[]): Promise<readonly (readonly string[])[]>;
  /** A digest of every name, kind, mode, time and content below the root. */
  snapshot(): Promise<string>;
  dispose(): Promise<void>;
}

/** Time for one batch of lines, in milliseconds. */
const batchLimitMs = 120_000;

export async function makeCommandFolder(): Promise<CommandFolder> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "outcrop-commands-")));
  const workTree = join(root, "tree");
  for (const name of ["home", "tmp"]) await mkdir(join(root, name));
  await writeTree(workTree, files);
  await writeTree(join(root, "beside"), { "s.txt": "outside\n" });
  for (const name of traps) await chmod(join(workTree, name), 0o755);
  await symlink(join(root, "beside"), join(workTree, "link"));
  const env = environment(root);
  await makeRepository(workTree, env);
  const config = await readFile(join(workTree, ".git", "config"), "utf8");
  return {
    root,
    workTree,
    config,
    runLines: async (lines) => {
      const script = 'for line; do (eval "$line") </dev/null >/dev/null 2>&1; done';
      return run("bash", ["--noprofile", "--norc", "-c", script, "bash", ...lines], {
        cwd: workTree,
        env,
        timeout: batchLimitMs,
      }).then(
        () => ({ isCutOff: false }),
        (error: { readonly killed?: boolean }) => ({ isCutOff: error.killed === true }),
      );
    },
    wordsOf: (lines) => splitByBash(lines, workTree, env),
    snapshot: () => digestOf(root),
    dispose: () => rm(root, { recursive: true, force: true }),
  };
}

/** What `run_command` gives a child, with git's helpers turned off. */
function environment(root: string): NodeJS.ProcessEnv {
  const pins = [
    ["core.fsmonitor", "false"],
    ["core.hooksPath", "/dev/null"],
    ["diff.autoRefreshIndex", "false"],
    ["safe.bareRepository", "explicit"],
  ] as const;
  const pairs = pins.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    HOME: join(root, "home"),
    TMPDIR: join(root, "tmp"),
    LANG: "C.UTF-8",
    TERM: "dumb",
    OUTCROP_FUZZ_ROOT: root,
    GIT_PAGER: "cat",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_CONFIG_COUNT: String(pins.length),
    ...Object.fromEntries(pairs),
  };
}

async function makeRepository(workTree: string, env: NodeJS.ProcessEnv): Promise<void> {
  const git = (...words: readonly string[]) =>
    run("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...words], { cwd: workTree, env });
  await git("init", "-q", "-b", "main");
  await git("add", "--", "a.txt", "src", "sub");
  await git("commit", "-q", "-m", "one");
  await git("add", "--", "b.txt");
  await git("commit", "-q", "-m", "two");
  await writeTree(workTree, { "src/c.ts": "export const c = 2;\n" });
  for (const [key, value] of hostileSettings) await git("config", key, value);
}

async function splitByBash(
  lines: readonly string[],
  workTree: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly (readonly string[])[]> {
  const script = "show() { printf '%s\\0' \"$@\"; printf '\\1'; }\nfor line; do eval \"show $line\" 2>/dev/null; done";
  const options = { cwd: workTree, env, timeout: batchLimitMs, maxBuffer: 2 ** 26 };
  const { stdout } = await run("bash", ["--noprofile", "--norc", "-c", script, "bash", ...lines], options);
  return stdout
    .split("\x01")
    .slice(0, -1)
    .map((words) => words.split("\0").slice(0, -1));
}

async function digestOf(root: string): Promise<string> {
  const hash = createHash("sha256");
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const name of (await readdir(folder)).toSorted()) {
      const path = join(folder, name);
      const stats = await lstat(path, { bigint: true });
      hash.update(`${path}\0${stats.mode} ${stats.size} ${stats.mtimeNs} ${stats.ino} ${stats.nlink}\0`);
      if (stats.isDirectory()) folders.push(path);
      else if (stats.isSymbolicLink()) hash.update(await readlink(path));
      else if (stats.isFile()) hash.update(await readFile(path));
    }
  }
  return hash.digest("hex");
}
