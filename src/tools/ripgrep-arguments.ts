import type { SearchRequest, SearchScope } from "./search-engine.ts";

/** The command line of one search. Pattern and path cannot be taken for options, whatever they begin with. */
export function ripgrepArguments(request: SearchRequest): readonly string[] {
  return [
    "--json",
    "--crlf",
    request.caseSensitive ? "--case-sensitive" : "--ignore-case",
    ...(request.regex ? [] : ["--fixed-strings"]),
    ...scopeArguments(request),
    "-e",
    request.pattern,
    ...startArguments(request),
  ];
}

/** The command line that lists the files of a scope, each path ended by a NUL. */
export function listArguments(request: SearchScope): readonly string[] {
  return ["--files", "--null", ...scopeArguments(request), ...startArguments(request)];
}

function scopeArguments({ includeIgnored, globs }: SearchScope): readonly string[] {
  return [
    "--no-config",
    "--no-messages",
    "--no-require-git",
    "--no-ignore-global",
    "--no-follow",
    "--hidden",
    ...(includeIgnored ? ["--no-ignore"] : []),
    ...globs.flatMap(withContents).map((glob) => `--glob=${glob}`),
    "--glob=!.git",
  ];
}

function startArguments({ start }: SearchScope): readonly string[] {
  return ["--", start === "" ? "./" : `./${start}`];
}

/** In .gitignore a folder's name stands for all that is in it; ripgrep's globs name files only. */
function withContents(glob: string): readonly string[] {
  const [, negation = "", name = "", slash = ""] = /^(!?)(.*?)(\/?)$/s.exec(glob) ?? [];
  const contents = name.includes("/") ? `${name}/**` : `**/${name}/**`;
  return slash === "" ? [glob, `${negation}${contents}`] : [`${negation}${contents}`];
}
