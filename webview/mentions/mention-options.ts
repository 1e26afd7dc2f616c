import type { ContextItem, ContextReference, PromptFile } from "../../src/protocol/attachment.ts";
import type { IconName } from "../icon.tsx";
import { t } from "../strings.ts";
import { type SlashCommand, slashCommands } from "./slash-commands.ts";

/** A row of the list. */
export interface MentionOption {
  readonly key: string;
  readonly icon: IconName;
  readonly label: string;
  readonly description: string;
  /** What stands in the prompt instead of what was typed, mark included. */
  readonly written: string;
  readonly reference?: ContextReference;
  readonly command?: SlashCommand;
}

/** What may be attached, for what was typed behind the mark: the fixed ones whose name it begins, then what the host found. */
export function contextOptions(mark: string, query: string, found: readonly ContextItem[]): readonly MentionOption[] {
  const fixed = fixedContext().filter(({ label }) => startsWord(label, query));
  const page = /^https?:\/\/[^\s/]/u.test(query) ? [pageOption(query)] : [];
  const rows = [...page, ...(query === "" ? [] : fixed), ...found.map(toOption), ...(query === "" ? fixed : [])];
  return rows.map((row) => ({ ...row, written: `${mark}${row.written}` }));
}

function fixedContext(): readonly MentionOption[] {
  const row = (
    kind: "selection" | "problems" | "changes" | "terminal" | "editors",
    icon: IconName,
    label: string,
    description: string,
  ): MentionOption => ({
    ...{ key: kind, icon, label, description },
    written: kind,
    reference: { kind },
  });
  return [
    row("selection", "list-selection", t("Selection"), t("in the active editor")),
    row("editors", "file", t("Open editors"), t("every file that has a tab")),
    row("problems", "warning", t("Problems"), t("that the editor knows of")),
    row("changes", "file-code", t("Changes"), t("of the git repository")),
    row("terminal", "terminal", t("Terminal selection"), t("in the active terminal")),
  ];
}

function pageOption(url: string): MentionOption {
  const description = t("you are asked before it is fetched");
  return {
    key: "url",
    icon: "globe",
    label: t("Page {0}", url),
    description,
    written: url,
    reference: { kind: "url", url },
  };
}

const icons = { file: "file", folder: "folder", symbol: "symbol-method" } as const;

function toOption({ reference, label, description }: ContextItem): MentionOption {
  const { kind } = reference;
  const icon = kind === "file" || kind === "folder" || kind === "symbol" ? icons[kind] : "file";
  const written = kind === "folder" ? `${label}/` : label;
  return { key: JSON.stringify(reference), icon, label, description, written, reference };
}

/** The commands whose name begins with what was typed, the panel's own first. */
export function commandOptions(query: string, prompts: readonly PromptFile[]): readonly MentionOption[] {
  const own = slashCommands();
  const files = prompts.filter(({ name }) => !own.some((command) => command.name === name));
  const rows: readonly SlashCommand[] = [
    ...own,
    ...files.map(({ name, description }) => ({ name, description: description || t("Prompt file"), argument: "" })),
  ];
  return rows
    .filter(({ name }) => name.toLowerCase().startsWith(query.toLowerCase()))
    .map((command) => ({
      key: command.name,
      icon: command.run === undefined ? "book" : "chevron-right",
      label: `/${command.name} ${command.argument}`.trimEnd(),
      description: command.description,
      written: `/${command.name}`,
      command,
    }));
}

function startsWord(label: string, query: string): boolean {
  return label
    .toLowerCase()
    .split(" ")
    .some((word) => word.startsWith(query.toLowerCase()));
}
