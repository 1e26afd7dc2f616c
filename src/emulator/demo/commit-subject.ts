/** A subject for changes in git's form: the file that is changed, and how many there are beside it. Undefined where there are none. */
export function commitSubject(changes: string): string | undefined {
  const changed = [...changes.matchAll(/^diff --git .+? "?b\/(.+?)"?$/gmu)].map(([, path = ""]) => path);
  const [, listed = ""] = /\nNew files, without their text:\n([\s\S]+)$/u.exec(changes) ?? [];
  const added = listed.split("\n").filter((line) => line !== "");
  const [first, ...others] = [...changed, ...added].map((path) => path.slice(path.lastIndexOf("/") + 1));
  if (first === undefined) return undefined;
  const more = others.length === 0 ? "" : ` and ${others.length} more ${others.length === 1 ? "file" : "files"}`;
  return `${changed.length === 0 ? "Add" : "Change"} ${first}${more}`;
}
