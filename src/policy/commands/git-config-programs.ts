import { dirname, join, resolve } from "node:path";

/** Text of a file, undefined where there is none. */
export type ReadText = (absolute: string) => Promise<string | undefined>;

const harmlessSections =
  /^(?:user|branch|color|advice|init|pull|push|fetch|rebase|gc|lfs|column|pack|repack|receive|index|feature)\./;
const harmlessKeys: ReadonlySet<string> = new Set([
  "core.repositoryformatversion",
  "core.filemode",
  "core.logallrefupdates",
  "core.ignorecase",
  "core.precomposeunicode",
  "core.symlinks",
  "core.autocrlf",
  "core.eol",
  "core.safecrlf",
  "core.longpaths",
  "core.quotepath",
  "extensions.objectformat",
  "commit.gpgsign",
  "commit.template",
  "diff.renames",
  "diff.algorithm",
  "diff.autorefreshindex",
  "merge.conflictstyle",
  "log.date",
  "log.decorate",
  "remote.url",
  "remote.fetch",
  "remote.pushurl",
  "remote.push",
  "remote.tagopt",
  "remote.prune",
  "status.short",
  "status.branch",
  "status.showuntrackedfiles",
]);

/** Set off for every git command that a rule lets through, by the environment of the child. */
const pinnedOff = /^(?:core\.(?:fsmonitor|hookspath|pager)|pager\..*)$/;
/** Which settings matter to some sub-commands only: `diff.*` (textconv, external programs) where contents are shown. */
const mattersTo: readonly { readonly prefix: string; readonly subcommands: ReadonlySet<string> }[] = [
  { prefix: "diff.", subcommands: new Set(["diff", "log", "show", "blame"]) },
  // git runs itself in submodules, which have settings of their own.
  { prefix: "submodule.", subcommands: new Set(["status", "diff"]) },
];

/**
 * The first setting of a repository that may make even a reading git command run a program or reach the network (filters,
 * textconv, promisor remotes, included files …): everything that is not on a list. Undefined = there is none, or no
 * repository. Syntax: https://git-scm.com/docs/git-config#_syntax; what is not plain is reported.
 */
export async function programInGitConfig(
  subcommand: string,
  folder: string,
  readText: ReadText,
): Promise<string | undefined> {
  const counts = (key: string): boolean =>
    !pinnedOff.test(key) &&
    mattersTo.every(({ prefix, subcommands }) => !key.startsWith(prefix) || subcommands.has(subcommand));
  for (const parent of foldersUp(folder)) {
    const gitFile = await readText(join(parent, ".git"));
    const gitFolder = gitFile === undefined ? join(parent, ".git") : linkedFolder(parent, gitFile);
    if (gitFolder === undefined) return "a .git file that cannot be read";
    const config = await readText(join(gitFolder, "config"));
    const common = (await readText(join(gitFolder, "commondir")))?.trim();
    const shared = common === undefined ? undefined : await readText(join(resolve(gitFolder, common), "config"));
    if (config !== undefined || shared !== undefined) {
      const submodules = await readText(join(parent, ".gitmodules"));
      const listed = submodules === undefined ? [] : ["submodule. in .gitmodules"];
      return [...programsIn(config ?? ""), ...programsIn(shared ?? ""), ...listed].find(counts);
    }
    if ((await readText(join(parent, "HEAD"))) !== undefined) return "a repository without a work tree";
  }
  return undefined;
}

/** The folder, the one that it is in, and so on. */
export function foldersUp(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersUp(parent)];
}

/** Where the text of a `.git` file leads: a work tree, or a repository within another one. */
export function linkedFolder(parent: string, text: string): string | undefined {
  const target = /^gitdir: (.+?)\s*$/.exec(text)?.[1];
  return target === undefined ? undefined : resolve(parent, target);
}

function programsIn(config: string): readonly string[] {
  const found: string[] = [];
  let section = "";
  for (const line of config.split(/\r?\n/)) {
    const text = line.trim();
    if (text === "" || /^[#;]/.test(text)) continue;
    const heading = /^\[\s*([A-Za-z0-9.-]+)(?:\s+"[^"\\]*")?\s*\]$/.exec(text)?.[1];
    const entry = /^([A-Za-z][A-Za-z0-9-]*)\s*(?:=\s*([^\\]*))?$/.exec(text);
    if (heading !== undefined) section = heading.toLowerCase();
    else if (entry === null) found.push(`the line ${JSON.stringify(text)}`);
    else {
      const key = `${section}.${(entry[1] ?? "").toLowerCase()}`;
      const isHarmless = harmlessSections.test(key) || harmlessKeys.has(key);
      if (!isHarmless && !(key === "core.bare" && entry[2]?.trim() === "false")) found.push(key);
    }
  }
  return found;
}
