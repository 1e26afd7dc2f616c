import { text } from "../../protocol/localize.ts";
import type { TouchedPath } from "./command-facts.ts";
import type { CommandLabel } from "./command-label.ts";
import { findHiddenCharacter } from "./hidden-characters.ts";
import { isBackground, isInterpreter, isPrivileged, programsOf } from "./program-kinds.ts";
import type { SimpleCommand } from "./simple-command.ts";

export interface LabelledLine {
  readonly line: string;
  readonly isUnderstood: boolean;
  readonly commands: readonly SimpleCommand[];
  readonly paths: readonly TouchedPath[];
  readonly reachesNetwork: boolean;
}

/** What the card shows and what no rule covers, each once, the gravest first. */
export function labelsOf(labelled: LabelledLine): readonly CommandLabel[] {
  const { line, isUnderstood, commands, paths, reachesNetwork } = labelled;
  const programs = commands.flatMap((command) => programsOf(command).map(({ name }) => name));
  const has = (test: (path: TouchedPath) => boolean): boolean => paths.some(test);
  const labels: readonly (readonly [CommandLabel, boolean])[] = [
    [text("outside workspace"), has(({ pathClass }) => pathClass.place === "outside")],
    [text("protected file"), has(isProtectedWrite)],
    [text("secret file"), has(({ pathClass: { kind } }) => kind === "secret-text" || kind === "key-material")],
    [text("ignored file"), has(({ pathClass: { kind } }) => kind === "ignored")],
    [text("network"), reachesNetwork],
    [text("runs with privileges"), programs.some(isPrivileged)],
    [text("hidden characters"), findHiddenCharacter(line.replaceAll(/\r?\n/g, " ")) !== undefined],
    [text("direction controls"), /\p{Bidi_Control}/u.test(line)],
    [text("background"), programs.some(isBackground) || /(?<![&<>|])&(?![&>\d])/.test(withoutQuotes(line))],
    [text("interpreter"), programs.some(isInterpreter)],
    [text("not understood"), !isUnderstood],
  ];
  return labels.flatMap(([label, applies]) => (applies ? [label] : []));
}

/** A program without a table may write whatever it names. */
function isProtectedWrite({ access, pathClass: { kind } }: TouchedPath): boolean {
  return access !== "read" && (kind === "protected" || kind === "forbidden");
}

function withoutQuotes(line: string): string {
  return line.replace(/'[^']*'|"(?:[^"\\]|\\.)*"|\\./gs, "");
}
