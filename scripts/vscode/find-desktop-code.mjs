import { findProgram, hasDisplay } from "./find-program.mjs";

/** @returns {string | undefined} the command of an installed VS Code, where it could open a window */
export function findDesktopCode() {
  if (!hasDisplay()) return undefined;
  return ["code", "code-insiders", "codium"].map(findProgram).find((path) => path !== undefined);
}
