import * as vscode from "vscode";
import { untilAborted } from "../../agent/until-aborted.ts";
import { makeVisible } from "../../policy/display/make-visible.ts";
import { t } from "../../protocol/localize.ts";
import { commitChanges } from "../../tools/commit/commit-changes.ts";
import { commitForm, commitInput, commitSystem, commitText } from "../../tools/commit/commit-message.ts";
import { gitApi, toRepository } from "../changes/editor-repositories.ts";
import type { GitRepository } from "../changes/git-extension.ts";
import { pickRepository } from "../changes/pick-repository.ts";
import { plainNotice } from "../plain-notice.ts";
import { describeFormError } from "./describe-form-error.ts";
import type { OpenFormFiller } from "./form-filler.ts";
import { requireTrust } from "./require-trust.ts";

const limitMs = 60_000;
const contextKey = "outcrop.generatingCommitMessage";

/** Writes commit messages into the Source Control view, one at a time; never over what the user wrote there. */
export class CommitMessages {
  readonly #open: OpenFormFiller;
  readonly #report: (error: unknown) => void;
  #running: AbortController | undefined;

  constructor(open: OpenFormFiller, report: (error: unknown) => void) {
    this.#open = open;
    this.#report = report;
  }

  /** Ends the writing of a message; the box stays as it is. */
  stop(): void {
    this.#running?.abort();
  }

  async generate(given: unknown): Promise<void> {
    if (
      this.#running !== undefined ||
      !requireTrust(t("Outcrop reads what is to be committed in a trusted workspace only."))
    )
      return;
    const running = new AbortController();
    this.#running = running;
    await vscode.commands.executeCommand("setContext", contextKey, true);
    try {
      const progress = { location: vscode.ProgressLocation.SourceControl, title: t("Writing a commit message") };
      await vscode.window.withProgress(progress, () => this.#write(given, running.signal));
    } catch (error) {
      if (!running.signal.aborted) this.#tell(error);
    } finally {
      this.#running = undefined;
      await vscode.commands.executeCommand("setContext", contextKey, false);
    }
  }

  async #write(given: unknown, signal: AbortSignal): Promise<void> {
    const repository = await pickRepository(await gitApi(signal), given, t("Outcrop: Generate Commit Message"));
    if (repository === undefined) return;
    const { inputBox } = repository;
    const before = inputBox.value;
    if (
      before.trim() !== "" &&
      !(await untilAborted(
        mayReplace(t("The commit message box has text. Replace it with the message of the model?")),
        signal,
      ))
    )
      return;
    const filler = await this.#open("fast");
    signal.throwIfAborted();
    const changes = await commitChanges(toRepository(repository), filler.guard);
    signal.throwIfAborted();
    const question = { form: commitForm, system: commitSystem, input: commitInput(changes), limitMs };
    const text = makeVisible(commitText(await filler.fill(question, signal)));
    const cost = filler.cost();
    if (cost !== undefined)
      vscode.window.setStatusBarMessage(t("Commit message by {0}: {1}", filler.name, cost), 10_000);
    if (inputBox.value === before) inputBox.value = text;
    // Whoever writes on is not made to wait, and the view's progress is over.
    else
      void mayReplace(
        t("The commit message box has changed meanwhile. Replace it with the message of the model?"),
      ).then((may) => may && put(inputBox, text));
  }

  #tell(error: unknown): void {
    const told = describeFormError(error);
    if (told === undefined) this.#report(error);
    else void vscode.window.showErrorMessage(plainNotice(makeVisible(t("No commit message was written. {0}", told))));
  }
}

function put(inputBox: GitRepository["inputBox"], text: string): void {
  inputBox.value = text;
}

async function mayReplace(question: string): Promise<boolean> {
  const replace = t("Replace");
  return (await vscode.window.showWarningMessage(plainNotice(question), replace)) === replace;
}
