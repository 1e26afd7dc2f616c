import { ToolError } from "../agent/tool.ts";

/** PATH_MAX of Linux; nothing longer can be opened there. */
const LONGEST_PATH = 4096;
/** Two letters at least, so that `C:` stays a drive. */
const URI_SCHEME = /^[a-z][a-z0-9+.-]+:\//i;
/** Names that open devices in every folder: learn.microsoft.com/windows/win32/fileio/naming-a-file. */
const WINDOWS_DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?$/i;
const WINDOWS_SHORT_NAME = /~[0-9]/;

/**
 * Refuses what must not reach the file system as a path: empty, NUL, too long, a URI, a network share, and on Windows streams,
 * devices, short names and names that lose their last character. Throws a `ToolError` that starts with E_PATH.
 */
export function checkPathText(input: string, platform: NodeJS.Platform = process.platform): void {
  const problem = problemOf(input) ?? (platform === "win32" ? windowsProblemOf(input) : undefined);
  if (problem !== undefined) throw new ToolError(`E_PATH ${JSON.stringify(input.slice(0, 200))} ${problem}.`);
}

function problemOf(input: string): string | undefined {
  if (input.trim() === "") return "is empty";
  if (input.includes("\0")) return "holds a NUL character";
  if (input.length > LONGEST_PATH) return `is longer than ${LONGEST_PATH} characters`;
  if (URI_SCHEME.test(input)) return "is a URI; give a path";
  if (/^[\\/]{2}/.test(input)) return "is a network or device path";
  return undefined;
}

function windowsProblemOf(input: string): string | undefined {
  const names = input
    .replace(/^[a-z]:/i, "")
    .split(/[\\/]/)
    .filter((name) => name !== "" && name !== "." && name !== "..");
  if (names.some((name) => name.includes(":"))) return "names a stream of a file";
  if (names.some((name) => WINDOWS_DEVICE.test(name))) return "names a device";
  if (names.some((name) => /[. ]$/.test(name))) return "has a name that ends in a dot or a blank, which Windows drops";
  if (names.some((name) => WINDOWS_SHORT_NAME.test(name))) return "has a short (8.3) name; give the long one";
  return undefined;
}
