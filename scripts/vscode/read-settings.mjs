import { existsSync, readFileSync } from "node:fs";
import { StageError } from "../stages.mjs";

/** @typedef {Readonly<Record<string, unknown>>} Settings */

/**
 * Reads VS Code settings: JSON with comments and trailing commas. An empty file has none.
 * @param {string} file
 * @returns {Promise<Settings>}
 * @throws {StageError} where it is not an object of settings, with the line
 */
export async function readSettings(file) {
  return parseSettings(readFileSync(file, "utf8").replace(/^\uFEFF/, ""), file);
}

/**
 * As `readSettings`; a file that does not exist has none.
 * @param {string} file
 * @returns {Promise<Settings>}
 */
export async function readSettingsIfPresent(file) {
  return existsSync(file) ? readSettings(file) : {};
}

/** @param {string} text @param {string} file @returns {Promise<Settings>} */
async function parseSettings(text, file) {
  // Imported late: it is installed by the stage before.
  const { parse, printParseErrorCode } = await import("jsonc-parser");
  /** @type {import("jsonc-parser").ParseError[]} */
  const errors = [];
  const settings = parse(text, errors, { allowTrailingComma: true, allowEmptyContent: true }) ?? {};
  const [error] = errors;
  if (error !== undefined) {
    const line = text.slice(0, error.offset).split("\n").length;
    throw new StageError(`${file}, line ${line}: not valid JSON (${printParseErrorCode(error.error)}).`);
  }
  if (typeof settings !== "object" || settings === null || Array.isArray(settings)) {
    throw new StageError(`${file}: expected an object of settings, such as { "outcrop.region": "eu-central-1" }.`);
  }
  return settings;
}
