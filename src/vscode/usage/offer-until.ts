import { randomUUID } from "node:crypto";
import { commands, Disposable, ProgressLocation, window } from "vscode";
import { plainNotice } from "../plain-notice.ts";

/**
 * A notification that blocks nothing, with choices, until the signal takes it away; resolves with what was chosen,
 * undefined where that is nothing. An extension can take back no notification that has buttons of its own, only one of
 * progress, whose Cancel closes it here: the choices are links to commands that are there as long as it is, and whose
 * names nobody can guess.
 */
export async function offerUntil(
  text: string,
  choices: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  if (signal.aborted) return undefined;
  const offered = choices.map((choice) => ({ choice, command: `outcrop.offer.${randomUUID()}` }));
  const links = offered.map(({ choice, command }) => `[${choice}](command:${command} "${choice}")`);
  const title = `${plainNotice(text)} ${links.join(" · ")}`;
  const location = ProgressLocation.Notification;
  const registered: Disposable[] = [];
  try {
    // What can be cancelled is shown unfolded, with its links.
    return await window.withProgress({ location, title, cancellable: true }, (_progress, token) => {
      return new Promise<string | undefined>((resolve) => {
        const close = (): void => resolve(undefined);
        signal.addEventListener("abort", close, { once: true });
        if (signal.aborted) close();
        registered.push(token.onCancellationRequested(close));
        for (const { choice, command } of offered)
          registered.push(commands.registerCommand(command, () => resolve(choice)));
      });
    });
  } finally {
    Disposable.from(...registered).dispose();
  }
}
