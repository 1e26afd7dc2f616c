import { t } from "../protocol/localize.ts";

/** What the panel consists of and which keys work it, a fact a line. `platform`: Node's name of the user's. */
export function accessibilityHelp(platform: string): string {
  const isMac = platform === "darwin";
  const key = (keys: string): string => (isMac ? keys.replaceAll("Ctrl+", "Cmd+").replaceAll("Alt+", "Option+") : keys);
  return [
    t("Outcrop's chat: a list of prompts and responses, and below it the composer."),
    "",
    t("Composer"),
    t("Enter sends, Shift+Enter breaks the line. Up at the beginning recalls earlier prompts."),
    t("{0} stops the running response.", platform === "win32" ? "Alt+Backspace" : key("Ctrl+Escape")),
    "",
    t("Responses"),
    t(
      "{0} in the composer goes to the last response. Up and Down walk through prompts and responses, {1} returns to the composer.",
      key("Ctrl+Up"),
      key("Ctrl+Down"),
    ),
    t("{0} and {1} go to the previous and next prompt.", key("Ctrl+Alt+Up"), key("Ctrl+Alt+Down")),
    t(
      "{0} and {1} go to the previous and next code block. Its toolbar is one Tab before it; Left and Right walk through the toolbar.",
      key("Ctrl+Alt+Page Up"),
      key("Ctrl+Alt+Page Down"),
    ),
    t("{0} searches the chat. Enter and Shift+Enter go to the next and previous match, Escape closes.", key("Ctrl+F")),
    t("The command Outcrop: Accessible View shows the last response as plain text in an editor."),
    "",
    t("Approvals and questions"),
    t("A call that needs your approval is announced; the focus does not move."),
    t("F8 goes to what waits. {0} allows it once, {1} skips it.", key("Ctrl+Enter"), key("Ctrl+Alt+Enter")),
    "",
    t("Changed files"),
    t(
      "Shift+Tab in the composer leads to the list of changed files, from which the comparison with the original opens.",
    ),
    t(
      "There, and in a changed file, {0} and {1} go to the next and previous change, {2} keeps the one at the cursor, {3} undoes it.",
      key("Ctrl+K ."),
      key("Ctrl+K ,"),
      key("Ctrl+K Ctrl+Y"),
      key("Ctrl+K Ctrl+Z"),
    ),
    "",
    t("To-dos"),
    t("{0} goes to the to-dos above the composer, and back.", key("Ctrl+Shift+T")),
    "",
    t(
      "Keys of changed files and of the to-dos are named as they are at first: Keyboard Shortcuts may give them others.",
    ),
    "",
    t("What is announced"),
    t(
      "Streaming text is not read out. When a response is complete, it is announced with the number of its code blocks.",
    ),
    t("Each step is announced while it works, unless the setting outcrop.announceSteps is off."),
    "",
  ].join("\n");
}
