import * as z from "zod";
import kinds from "./program-kinds.json" with { type: "json" };
import { type SimpleCommand, textsOf } from "./simple-command.ts";

const networkProgram = z.strictObject({
  /** Where its hosts are: among the words (`bare`), the first word, or before a colon (`host:path`). */
  hosts: z.enum(["bare", "first", "remote-path"]).optional(),
  /** Flags whose next word is no host. */
  valueFlags: z.array(z.string()).default([]),
});

const names = z.array(z.string()).transform((list): ReadonlySet<string> => new Set(list));

const programKinds = z.strictObject({
  network: z.record(z.string(), networkProgram).transform((record) => new Map(Object.entries(record))),
  networkSubcommands: z.record(z.string(), names).transform((record) => new Map(Object.entries(record))),
  privileged: names,
  interpreters: names,
  wrappers: names,
  changers: names,
  background: names,
  shellState: names,
});

export type NetworkProgram = z.infer<typeof networkProgram>;

let loaded: z.infer<typeof programKinds> | undefined;

function table(): z.infer<typeof programKinds> {
  loaded ??= programKinds.parse(kinds);
  return loaded;
}

/** The name under which a program is known: without its folder, `.exe` and letter case, as volumes may fold it. */
export function programName(word: string): string {
  const name = word.split(/[/\\]/).at(-1) ?? word;
  return name.toLowerCase().replace(/\.(exe|cmd|bat|com)$/, "");
}

/** What a command may run: itself, and, where it runs other programs, any of its words. */
export function programsOf(
  command: SimpleCommand,
): readonly { readonly name: string; readonly rest: readonly string[] }[] {
  const texts = textsOf(command);
  const last = runsOthers(texts) ? texts.length : 1;
  return texts.slice(0, last).map((text, index) => ({ name: programName(text), rest: texts.slice(index + 1) }));
}

function runsOthers(texts: readonly string[]): boolean {
  const name = programName(texts[0] ?? "");
  const { wrappers, privileged } = table();
  return wrappers.has(name) || privileged.has(name) || texts.some((text) => /^-(exec|ok)(dir)?$/.test(text));
}

export function networkProgramOf(name: string, rest: readonly string[]): NetworkProgram | undefined {
  const { network, networkSubcommands } = table();
  const always = network.get(name);
  if (always !== undefined) return always;
  const subcommands = networkSubcommands.get(name);
  if (subcommands === undefined) return undefined;
  const isInstall = name === "yarn" && rest.every((word) => word.startsWith("-"));
  const reaches = isInstall || subcommandsIn(rest).some((word) => subcommands.has(word)) || isRemoteUpdate(name, rest);
  return reaches ? { hosts: "remote-path", valueFlags: [] } : undefined;
}

/** The first word that is no flag; after flags also the second one, which the flag may have taken for a value. */
function subcommandsIn(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => !word.startsWith("-"));
  return at === -1 ? [] : words.filter((word) => !word.startsWith("-")).slice(0, at === 0 ? 1 : at + 1);
}

function isRemoteUpdate(name: string, rest: readonly string[]): boolean {
  return name === "git" && rest[0] === "remote" && ["update", "show", "prune", "set-head"].includes(rest[1] ?? "");
}

export function isPrivileged(name: string): boolean {
  return table().privileged.has(name);
}

/** Runs code that it is given, or other programs. */
export function isInterpreter(name: string): boolean {
  const { interpreters, wrappers } = table();
  return interpreters.has(name) || wrappers.has(name) || /^(python|ruby|perl|php|lua|node)[\d.]+$/.test(name);
}

/** Deletes, moves or rewrites what it is pointed at, or what stands behind it: a history, a database, a machine. */
export function isChanger(name: string): boolean {
  return table().changers.has(name) || /^(mkfs|git)[.-]/.test(name);
}

export function isBackground(name: string): boolean {
  return table().background.has(name);
}

/** Changes how the shell takes what follows on the line (current folder, variables, names). */
export function changesShell(name: string): boolean {
  return table().shellState.has(name);
}
