import * as vscode from "vscode";
import type { ChatEvent } from "../protocol/chat-event.ts";
import type { TurnError } from "../protocol/turn-error.ts";
import { canWriteChannels, KeptLog } from "./kept-log.ts";

/**
 * The output channel, or a document where channels cannot be written. Prompts, file contents and answers are not written to it; it says what happened, not what was
 * said.
 */
export class Log implements vscode.Disposable {
  readonly #channel = vscode.window.createOutputChannel("Outcrop", { log: true });
  readonly #kept = canWriteChannels(vscode.env.appRoot) ? undefined : new KeptLog();

  dispose(): void {
    this.#channel.dispose();
    this.#kept?.dispose();
  }

  async show(): Promise<void> {
    if (this.#kept === undefined) this.#channel.show();
    else await this.#kept.show();
  }

  /** A bug or a failure of the disk: logged with its cause, and the user is told once. */
  readonly report = (error: unknown): void => {
    const message = error instanceof Error ? error.message : String(error);
    this.#channel.error(error instanceof Error ? error : message);
    this.#kept?.add("error", error instanceof Error ? (error.stack ?? message) : message);
    const showLog = "Show Log";
    void vscode.window.showErrorMessage(`Outcrop: ${message}`, showLog).then((answer) => {
      if (answer === showLog) void this.show();
    });
  };

  readonly event = (event: ChatEvent): void => {
    const line = describe(event);
    if (line === undefined) return;
    this.#channel.info(line);
    this.#kept?.add("info", line);
  };
}

function describe(event: ChatEvent): string | undefined {
  switch (event.type) {
    case "turn-start":
      return `Turn ${event.turnId} starts with ${event.connection.kind === "demo" ? "the demo model" : event.connection.modelId}.`;
    case "turn-resume":
      return "The turn goes on.";
    case "step-start":
      return `Step ${event.step}, attempt ${event.attempt}.`;
    case "step-end":
      return `The step ended: ${event.stopReason}, ${event.usage === null ? "usage unknown" : `${event.usage.inputTokens} input and ${event.usage.outputTokens} output tokens`}.`;
    case "tool-awaiting-approval":
      return `Tool call ${event.id} waits for approval.`;
    case "tool-end":
      return `Tool call ${event.id}: ${event.state}.`;
    case "retry-scheduled":
      return `${describeError(event.error)} Retry ${event.retry} of ${event.retries} in ${event.delayMs} ms.`;
    case "silence":
      return `Silent for ${event.silentMs} ms in phase ${event.phase}; limit ${event.limitMs} ms.`;
    case "pace":
      return `The request waits ${event.delayMs} ms: ${event.reason}.`;
    case "compaction":
      return `The conversation is sent in a shorter form from here on: ${event.compaction.kind}, before message ${event.compaction.before}.`;
    case "compaction-undone":
      return `Compaction ${event.id} is undone.`;
    case "notice":
      return event.text;
    case "turn-end":
      return `The turn ended: ${event.outcome.kind}.${event.outcome.kind === "failed" ? ` ${describeError(event.outcome.error)}` : ""}`;
    case "text-delta":
    case "reasoning-delta":
    case "tool-start":
    case "tool-input-delta":
    case "tool-input":
    case "tool-running":
    case "tool-output":
      return undefined;
  }
}

function describeError({ kind, message, detail = "", requestId = "none", lastEvent = "none" }: TurnError): string {
  return `${kind}: ${message} ${detail} Request id: ${requestId}. Last event: ${lastEvent}.`;
}
