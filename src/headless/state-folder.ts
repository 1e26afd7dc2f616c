import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** Where the headless runner keeps its audit log, what the day has cost and what was used: specifications.freedesktop.org/basedir-spec. */
export function stateFolder(): string {
  const { OUTCROP_STATE, XDG_STATE_HOME, LOCALAPPDATA } = process.env;
  if (OUTCROP_STATE) return resolve(OUTCROP_STATE);
  if (process.platform === "darwin") return join(homedir(), "Library", "Application Support", "outcrop");
  if (process.platform === "win32") return join(LOCALAPPDATA || homedir(), "outcrop", "state");
  return join(XDG_STATE_HOME || join(homedir(), ".local", "state"), "outcrop");
}
