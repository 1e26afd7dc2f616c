import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../paths.mjs";
import { findTexts } from "./find-texts.mjs";

/** VS Code's own names of its display languages, English apart. */
export const languages = /** @type {const} */ (["de", "es", "fr", "ja", "zh-cn"]);

/** @param {string} [language] @returns {string} the bundle of texts in code; left out: the English one */
export function bundlePath(language) {
  return language === undefined ? "l10n/bundle.l10n.json" : `l10n/bundle.l10n.${language}.json`;
}

/** @param {string} [language] @returns {string} the bundle of the manifest's texts */
function manifestPath(language) {
  return language === undefined ? "package.nls.json" : `package.nls.${language}.json`;
}

/** What the sources ask for. */
export function englishBundle() {
  return findTexts();
}

/**
 * What is missing from a language's two bundles, stands there without use, or has other places for values than the English text.
 * @param {string} language
 * @returns {readonly string[]}
 */
export function staleTexts(language) {
  const { texts } = findTexts();
  return [
    ...compare(bundlePath(language), Object.fromEntries(texts.map((text) => [text, text]))),
    ...compare(manifestPath(language), readBundle(manifestPath())),
  ];
}

/** @param {string} path @param {Readonly<Record<string, string>>} english @returns {readonly string[]} */
function compare(path, english) {
  const translated = readBundle(path);
  return [
    ...Object.keys(english).flatMap((key) => (key in translated ? [] : [`${path} lacks: ${key}`])),
    ...Object.keys(translated).flatMap((key) => (key in english ? [] : [`${path} has what is not used: ${key}`])),
    ...Object.entries(translated).flatMap(([key, text]) => {
      const [wanted, found] = [english[key], text].map(placesOf);
      return wanted === found || !(key in english) ? [] : [`${path} has ${found}, not ${wanted}, in: ${text}`];
    }),
  ];
}

/**
 * What has to be in a translation as it is in English: places for values, names of settings and commands, code, links.
 * @param {string | undefined} text
 * @returns {string}
 */
function placesOf(text = "") {
  const marks = text.match(/\{\d+\}|`[^`]+`|\]\([^)]+\)|\$\([a-z-]+\)/gu) ?? [];
  return marks.toSorted().join(" ");
}

/** @param {string} path @returns {Readonly<Record<string, string>>} empty where there is none yet */
function readBundle(path) {
  const absolute = join(repositoryRoot, path);
  return existsSync(absolute) ? JSON.parse(readFileSync(absolute, "utf8")) : {};
}
