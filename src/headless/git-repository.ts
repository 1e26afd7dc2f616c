import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

/** What Git's own files say of the folder; nothing is run. */
export interface RepositoryFacts {
  /** The remote `origin` as `github.com/owner/name`, never with a user name or a secret; without one the folder's name. */
  readonly repository?: string;
  /** Undefined on a detached head. */
  readonly branch?: string;
}

/** The repository that a folder is in, itself or further up. Never rejects: what cannot be read is not known. */
export async function readRepository(folder: string): Promise<RepositoryFacts> {
  const found = await findGitFolder(folder);
  if (found === undefined) return {};
  const shared = await textOf(join(found.git, "commondir"));
  const config = await textOf(join(found.git, shared?.trim() ?? ".", "config"));
  const branch = /^ref: refs\/heads\/(.+)$/mu.exec((await textOf(join(found.git, "HEAD"))) ?? "")?.[1]?.trim();
  return { repository: remoteName(config ?? "") ?? basename(found.root), ...(branch !== undefined && { branch }) };
}

async function findGitFolder(folder: string): Promise<{ readonly git: string; readonly root: string } | undefined> {
  for (let root = folder; ; root = dirname(root)) {
    const git = join(root, ".git");
    if ((await textOf(join(git, "HEAD"))) !== undefined) return { git, root };
    // A worktree and a submodule have a file that says where the folder is.
    const elsewhere = /^gitdir: (.+)$/mu.exec((await textOf(git)) ?? "")?.[1];
    if (elsewhere !== undefined) return { git: resolve(root, elsewhere.trim()), root };
    if (dirname(root) === root) return undefined;
  }
}

/** Host and path of `origin`'s URL, in any of Git's forms. */
function remoteName(config: string): string | undefined {
  const section = /^\[remote "origin"\]$([^[]*)/mu.exec(config)?.[1] ?? "";
  const url = /^\s*url\s*=\s*(\S+)\s*$/mu.exec(section)?.[1];
  if (url === undefined) return undefined;
  const [, scpHost, scpPath] = /^(?:[^@/]+@)?([^@:/]+):(?!\/)(.+)$/u.exec(url) ?? [];
  const name =
    scpHost !== undefined && !url.includes("://")
      ? `${scpHost}/${scpPath}`
      : URL.canParse(url)
        ? new URL(url).hostname + new URL(url).pathname
        : basename(url);
  return name.replace(/\.git$/u, "").replace(/^\/+/u, "");
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}
