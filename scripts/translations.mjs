import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundlePath, englishBundle, languages, staleTexts } from "./l10n/bundles.mjs";
import { repositoryRoot } from "./paths.mjs";
import { say } from "./stages.mjs";

// Writes the English bundle, and says what each language lacks.
const { texts, problems } = englishBundle();
const path = join(repositoryRoot, bundlePath());
const json = `${JSON.stringify(Object.fromEntries(texts.map((text) => [text, text])), undefined, 2)}\n`;
const isNew = readFileSync(path, { encoding: "utf8", flag: "a+" }) !== json;
if (isNew) writeFileSync(path, json);
say(`${bundlePath()}: ${texts.length} texts, ${isNew ? "written" : "up to date"}.`);
for (const language of languages) for (const problem of staleTexts(language)) say(`  ✗ ${problem}`);
for (const problem of problems) say(`  ✗ ${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;
