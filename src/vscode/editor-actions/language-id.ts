import * as vscode from "vscode";

/** What models write before code, where it is no language of VS Code's. */
const aliases: Readonly<Record<string, string>> = {
  bash: "shellscript",
  sh: "shellscript",
  shell: "shellscript",
  zsh: "shellscript",
  console: "shellscript",
  ts: "typescript",
  tsx: "typescriptreact",
  js: "javascript",
  jsx: "javascriptreact",
  py: "python",
  rb: "ruby",
  rs: "rust",
  cs: "csharp",
  "c++": "cpp",
  yml: "yaml",
  md: "markdown",
  ps1: "powershell",
  kt: "kotlin",
};

/** VS Code's language for the name that a model gave to its code; undefined where it has none. */
export async function languageIdOf(name: string): Promise<string | undefined> {
  const lower = name.toLowerCase();
  const known = await vscode.languages.getLanguages();
  return [aliases[lower] ?? lower, lower].find((id) => known.includes(id));
}
