const hashComments = /^(?:python|shellscript|yaml|ruby|perl|r|makefile|dockerfile|toml|powershell)$/u;

/** What the demo makes of a selection: the same text below a comment that says the wish. Undefined where the prompt has none. */
export function editedSelection(prompt: string): string | undefined {
  const [, language = ""] = /^.+ \(([\w+#-]+)\), the part around it:\n/u.exec(prompt) ?? [];
  const [, wish] = /\n\nWhat is to change: ([\s\S]+)$/u.exec(prompt) ?? [];
  if (wish === undefined) return undefined;
  const [, , selected = ""] =
    /\n\nThe selected text:\n(`{3,})\n([\s\S]*?)\n\1\n\nWhat is to change: /u.exec(prompt) ?? [];
  const indentation = /^[\t ]*/u.exec(selected)?.[0] ?? "";
  const mark = hashComments.test(language) ? "#" : "//";
  return `${indentation}${mark} ${wish.replace(/\s+/gu, " ").trim()}\n${selected}`;
}
