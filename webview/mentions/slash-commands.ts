import { signal } from "@preact/signals";
import { compactAsTyped, runHostCommand, startNewChat } from "../host.ts";
import { t } from "../strings.ts";

export interface SlashCommand {
  readonly name: string;
  readonly description: string;
  /** What may be typed behind it; empty: nothing. */
  readonly argument: string;
  /** Left out: it is sent, as a prompt that the host knows. */
  readonly run?: (argument: string) => void;
}

/** Grows with each wish for the list of commands, marks and keys. */
export const helpRequests = signal(0);

/** The panel's own commands; prompt files come beside them. */
export function slashCommands(): readonly SlashCommand[] {
  return [
    { name: "clear", description: t("Start a new chat"), argument: "", run: startNewChat },
    { name: "compact", description: t("Make the conversation shorter"), argument: "", run: compactAsTyped },
    { name: "export", description: t("Export this chat"), argument: "", run: () => runHostCommand("exportChat") },
    {
      name: "fork",
      description: t("Go on in a copy of this chat"),
      argument: "",
      run: () => runHostCommand("forkChat"),
    },
    { name: "help", description: t("What can be typed here"), argument: "", run: () => void helpRequests.value++ },
    { name: "init", description: t("Write instructions for this workspace into AGENTS.md"), argument: t("[wishes]") },
    { name: "models", description: t("Select another model"), argument: "", run: () => runHostCommand("selectModel") },
    {
      name: "rename",
      description: t("Rename this chat"),
      argument: t("[name]"),
      run: (name) => runHostCommand("renameChat", name),
    },
  ];
}

/** Runs a prompt that is one of the panel's own commands. False for any other, which is sent as it is. */
export function runSlashCommand(text: string): boolean {
  const [, name = "", argument = ""] = /^\/([a-z]+)(?:\s+([\s\S]*))?$/u.exec(text) ?? [];
  const command = slashCommands().find((one) => one.name === name);
  if (command?.run === undefined || (argument !== "" && command.argument === "")) return false;
  command.run(argument.trim());
  return true;
}
