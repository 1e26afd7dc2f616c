import { isPrivileged, programName, programsOf } from "./program-kinds.ts";
import type { ShellParser } from "./shell-parser.ts";
import { type SimpleCommand, textsOf } from "./simple-command.ts";
import { commandsOfTree } from "./tree-commands.ts";

const shells = /^(?:ba|z|da|k|mk|a|fi)?sh$|^busybox$/;
/** Shells may be given shells; so deep they are followed. */
const mostNested = 4;

/** Adds the commands of lines that a command gives to another shell (`bash -c '…'`, `eval …`), as nested ones. */
export function withGivenLines(
  commands: readonly SimpleCommand[],
  parser: ShellParser,
  depth = mostNested,
): readonly SimpleCommand[] {
  if (depth === 0) return commands;
  return commands.flatMap((command) => {
    const inner = givenLines(command).flatMap((line) => {
      const parsed = parser.parse(line);
      return parsed.kind === "parsed" ? commandsOfTree(parsed.root, line) : [];
    });
    const nested = inner.map(
      (each): SimpleCommand => ({ ...each, isNested: true, start: command.start, end: command.end }),
    );
    return [command, ...withGivenLines(nested, parser, depth - 1)];
  });
}

function givenLines(command: SimpleCommand): readonly string[] {
  const lines = programsOf(command).flatMap(({ name, rest }) => {
    if (name === "eval" || name === "trap" || name === "watch") return [rest.join(" ")];
    if (!shells.test(name)) return [];
    const at = rest.findIndex((word) => /^-[a-z]*c[a-z]*$/i.test(word));
    return at === -1 ? [] : rest.slice(at + 1);
  });
  const [first = ""] = textsOf(command);
  const isSubstituteUser = isPrivileged(programName(first)) && textsOf(command).includes("-c");
  return isSubstituteUser ? [...lines, ...textsOf(command).slice(1)] : lines;
}
