import { StageError } from "../stages.mjs";

/**
 * Reads VS Code settings: JSON with comments and trailing commas.
 * @param {string} file
 * @returns {Promise<Readonly<Record<string, unknown>>>}
 * @throws {StageError} where it is not an object of settings
 */
export async function readSettings(file) {
  const { default: typescript } = await import("typescript");
  const { config, error } = typescript.readConfigFile(file, typescript.sys.readFile);
  if (error !== undefined) {
    throw new StageError(`${file}: ${typescript.flattenDiagnosticMessageText(error.messageText, "\n")}`);
  }
  if (typeof config !== "object" || config === null || Array.isArray(config)) {
    throw new StageError(`${file}: expected an object of settings.`);
  }
  return config;
}
