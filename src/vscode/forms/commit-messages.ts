import * as vscode from "vscode";
import * as z from "zod";
import { untilAborted } from "../../agent/until-aborted.ts";
import { makeVisible } from "../../policy/display/make-visible.ts";
import { commitChanges } from "../../tools/commit/commit-changes.ts";
import { commitForm, commitInput, commitSystem, commitText } from "../../tools/commit/commit-message.ts";
import { gitApi, toRepository } from "../changes/editor-repositories.ts";
import type { GitApi, GitRepository } from "../changes/git-extension.ts";
import { describeFormError } from "./describe-form-error.ts";
import type { OpenFormFiller } from "./form-filler.ts";
import { requireTrust } from "./require-trust.ts";

const limitMs = 60_000;
const contextKey = "outcrop.generatingCommitMessage";
const replace = "Replace";

/** What the menu of the Source Control view gives: the provider of the repository. */
const provider = z.object({ rootUri: z.custom<vscode.Uri>((value) => value instanceof vscode.Uri) });

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
    if (this.#running !== undefined || !requireTrust("reads what is to be committed")) return;
    const running = new AbortController();
    this.#running = running;
    await vscode.commands.executeCommand("setContext", contextKey, true);
    try {
      const progress = { location: vscode.ProgressLocation.SourceControl, title: "Writing a commit message" };
      await vscode.window.withProgress(progress, () => this.#write(given, running.signal));
    } catch (error) {
      if (!running.signal.aborted) this.#tell(error);
    } finally {
      this.#running = undefined;
      await vscode.commands.executeCommand("setContext", contextKey, false);
    }
  }

  async #write(given: unknown, signal: AbortSignal): Promise<void> {
    const repository = await chooseRepository(await gitApi(signal), given);
    if (repository === undefined) return;
    const { inputBox } = repository;
    const before = inputBox.value;
    if (before.trim() !== "" && !(await untilAborted(mayReplace("The commit message box has text."), signal))) return;
    const filler = await this.#open("fast");
    signal.throwIfAborted();
    const changes = await commitChanges(toRepository(repository), filler.guard);
    signal.throwIfAborted();
    const question = { form: commitForm, system: commitSystem, input: commitInput(changes), limitMs };
    const text = makeVisible(commitText(await filler.fill(question, signal)));
    const cost = filler.cost();
    if (cost !== undefined) vscode.window.setStatusBarMessage(`Commit message by ${filler.name}: ${cost}`, 10_000);
    if (inputBox.value === before) inputBox.value = text;
    // Whoever writes on is not made to wait, and the view's progress is over.
    else void mayReplace("The commit message box has changed meanwhile.").then((may) => may && put(inputBox, text));
  }

  #tell(error: unknown): void {
    const told = describeFormError(error);
    if (told === undefined) this.#report(error);
    else void vscode.window.showErrorMessage(makeVisible(`No commit message was written. ${told}`));
  }
}

function put(inputBox: GitRepository["inputBox"], text: string): void {
  inputBox.value = text;
}

async function mayReplace(reason: string): Promise<boolean> {
  const question = `${reason} Replace it with the message of the model?`;
  return (await vscode.window.showWarningMessage(question, replace)) === replace;
}

/** The one that was asked for in its view; else the only one, or the one that the user picks. */
async function chooseRepository({ repositories }: GitApi, given: unknown): Promise<GitRepository | undefined> {
  const asked = provider.safeParse(given).data?.rootUri.toString();
  const known = repositories.find(({ rootUri }) => rootUri.toString() === asked);
  const [only, ...more] = repositories;
  if (known !== undefined) return known;
  if (only === undefined) {
    void vscode.window.showErrorMessage("The workspace has no git repository that is open in the editor.");
    return undefined;
  }
  if (more.length === 0) return only;
  const items = repositories.map((repository) => ({
    label: vscode.workspace.asRelativePath(repository.rootUri),
    repository,
  }));
  return (await vscode.window.showQuickPick(items, { title: "Outcrop: Generate Commit Message" }))?.repository;
}
