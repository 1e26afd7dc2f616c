import type { SearchRequest } from "./search-engine.ts";

/** The command line of one search. Pattern and path cannot be taken for options, whatever they begin with. */
export function ripgrepArguments(request: SearchRequest): readonly string[] {
  return [
    "--no-config",
    "--json",
    "--no-messages",
    "--no-require-git",
    "--no-ignore-global",
    "--no-follow",
    "--hidden",
    "--crlf",
    request.caseSensitive ? "--case-sensitive" : "--ignore-case",
    ...(request.regex ? [] : ["--fixed-strings"]),
    ...(request.includeIgnored ? ["--no-ignore"] : []),
    ...request.globs.flatMap(withContents).map((glob) => `--glob=${glob}`),
    "--glob=!.git",
    "-e",
    request.pattern,
    "--",
    request.start === "" ? "./" : `./${request.start}`,
  ];
}

/** In .gitignore a folder's name stands for all that is in it; ripgrep's globs name files only. */
function withContents(glob: string): readonly string[] {
  const [, negation = "", name = "", slash = ""] = /^(!?)(.*?)(\/?)$/s.exec(glob) ?? [];
  const contents = name.includes("/") ? `${name}/**` : `**/${name}/**`;
  return slash === "" ? [glob, `${negation}${contents}`] : [`${negation}${contents}`];
}
