import * as vscode from "vscode";
import * as z from "zod";

/** The parts of a manifest that say which languages an extension has code for; one that is odd says nothing. */
const manifest = z.object({
  main: z.string().optional(),
  browser: z.string().optional(),
  activationEvents: z.array(z.string()).catch([]),
  contributes: z
    .object({
      languages: z.array(z.object({ id: z.string(), extensions: z.array(z.string()).catch([]) })).catch([]),
    })
    .catch({ languages: [] }),
});

/**
 * Extensions with code for a language. VS Code does not tell who answers for it: an empty answer and none look the same.
 * An extension that defines a language is started with its first file, as one that says so.
 */
export function extensionsFor(language: string): readonly vscode.Extension<unknown>[] {
  return vscode.extensions.all.filter(({ packageJSON }) => {
    const parsed = manifest.safeParse(packageJSON);
    if (!parsed.success || (parsed.data.main ?? parsed.data.browser) === undefined) return false;
    const { activationEvents, contributes } = parsed.data;
    return (
      activationEvents.includes(`onLanguage:${language}`) || contributes.languages.some(({ id }) => id === language)
    );
  });
}

/** The language of a file by the ending of its name, in small letters with its dot: `.ts` → typescript. */
export function languagesByEnding(): ReadonlyMap<string, string> {
  const languages = vscode.extensions.all.flatMap(({ packageJSON }) => {
    const parsed = manifest.safeParse(packageJSON);
    return parsed.success ? parsed.data.contributes.languages : [];
  });
  return new Map(languages.flatMap(({ id, extensions }) => extensions.map((ending) => [ending.toLowerCase(), id])));
}
