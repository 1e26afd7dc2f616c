import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { readSettingsIfPresent } from "./read-settings.mjs";

/**
 * What a start wants in a settings.json.
 * @typedef {object} WantedSettings
 * @property {import("./read-settings.mjs").Settings} own ours: the person's value wins
 * @property {import("./read-settings.mjs").Settings} given by the person for this start: wins where it is new or changed since the last start
 */

/**
 * Brings what a start wants into a settings.json and leaves alone what the person set there, comments included. What an earlier start
 * wrote and this one does not want goes, unless the person changed it. A file beside it remembers what was written.
 * @param {string} file
 * @param {WantedSettings} wanted
 * @throws {import("../stages.mjs").StageError} where the file is no JSON, with the line
 */
export async function mergeSettings(file, { own, given }) {
  const { applyEdits, modify } = await import("jsonc-parser");
  const memory = `${file}.written`;
  const present = await readSettingsIfPresent(file);
  const written = await readSettingsIfPresent(memory);
  const wanted = { ...own, ...given };
  let text = existsSync(file) ? readFileSync(file, "utf8") : "{}";
  for (const key of new Set([...Object.keys(written), ...Object.keys(wanted)])) {
    const isOurs = !(key in present) || isDeepStrictEqual(present[key], written[key]);
    const isNews = key in given && !isDeepStrictEqual(given[key], written[key]);
    if (!isOurs && !isNews) continue;
    // An undefined value takes the key out.
    const formattingOptions = { insertSpaces: true, tabSize: 2 };
    text = applyEdits(text, modify(text, [key], wanted[key], { formattingOptions }));
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  writeFileSync(memory, JSON.stringify(wanted, undefined, 2));
}
