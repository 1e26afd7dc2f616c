import type { Prompt } from "../../chat/prompt.ts";
import { plural, t, text } from "../../protocol/localize.ts";
import type { RestorePlan } from "../../tools/checkpoints/restore-files.ts";
import type { WorkspaceFolder } from "../../tools/workspace.ts";
import type { Dialogs } from "../dialogs.ts";
import { describePlan, needsQuestion } from "./restore-question.ts";

/** What sending an edited prompt needs beside the changes. */
export interface ResendWays {
  /** A prompt with what comes along unasked. `instead`: the turn in whose place it is sent. */
  readonly attend: (prompt: Prompt, instead: string) => Promise<Prompt>;
  /** Whether a prompt may be sent: it may hold a secret. */
  readonly maySend: (prompt: Prompt) => Promise<boolean>;
  /** The chat stays open while this is done, shown or not. */
  readonly keepOpen: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** The panel shows the chat: what is not sent is still in the editor of its turn. */
  readonly isInPanel: () => boolean;
  /** Puts a prompt that is not sent into the composer, with what was attached to it, whichever chat is shown. */
  readonly giveBack: (prompt: Prompt) => void;
  readonly asks: () => boolean;
  readonly neverAsk: () => Promise<void>;
}

export interface ResendFacts {
  /** How many turns came behind the one whose prompt was edited. */
  readonly later: number;
  readonly isRunning: boolean;
  readonly folders: readonly WorkspaceFolder[];
}

const undo = text("Undo Edits and Send");
const keep = text("Keep Edits and Send");
const send = text("Send");
const never = text("Send and Don't Ask Again");

/**
 * Whether an edited prompt is sent, and what becomes of the files; undefined: it is not. What somebody else has changed
 * since, or cannot be brought back, is always asked about.
 */
export async function askResend(
  plan: RestorePlan,
  { later, isRunning, folders }: ResendFacts,
  dialogs: Dialogs,
  ways: Pick<ResendWays, "asks" | "neverAsk">,
): Promise<"undo" | "keep" | undefined> {
  const isSafe = !needsQuestion(plan);
  if (isSafe && !ways.asks()) return "undo";
  const detail = [
    later === 0
      ? t("What came of this prompt will be taken back.")
      : plural(
          later,
          "What came of this prompt and {0} later one will be taken back.",
          "What came of this prompt and {0} later ones will be taken back.",
        ),
    isRunning ? t("The running turn ends.") : "",
    plan.files.size === 0 ? t("No file has to be changed.") : "",
    describePlan(plan, folders),
  ];
  const choices = plan.files.size === 0 ? ([send] as const) : ([undo, keep] as const);
  const pressed = await dialogs.ask({
    title: t("Send the edited prompt?"),
    detail: detail.filter(Boolean).join("\n\n"),
    buttons: isSafe ? ([...choices, never] as const) : choices,
  });
  if (pressed === never) await ways.neverAsk();
  if (pressed === undefined) return undefined;
  return pressed === keep ? "keep" : "undo";
}
