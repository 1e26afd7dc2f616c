import * as vscode from "vscode";
import type { ChatEvent } from "../protocol/chat-event.ts";

/**
 * The output channel. Prompts, file contents and answers are not written to it; it says what happened, not what was
 * said.
 */
export class Log implements vscode.Disposable {
  readonly #channel = vscode.window.createOutputChannel("Outcrop", { log: true });

  dispose(): void {
    this.#channel.dispose();
  }

  show(): void {
    this.#channel.show();
  }

  /** A bug or a failure of the disk: logged with its cause, and the user is told once. */
  readonly report = (error: unknown): void => {
    const message = error instanceof Error ? error.message : String(error);
    this.#channel.error(error instanceof Error ? error : message);
    const showLog = "Show Log";
    void vscode.window.showErrorMessage(`Outcrop: ${message}`, showLog).then((answer) => {
      if (answer === showLog) this.show();
    });
  };

  readonly event = (event: ChatEvent): void => {
    const line = describe(event);
    if (line !== undefined) this.#channel.info(line);
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
      return `${event.error.kind}: ${event.error.message} ${event.error.detail ?? ""} Request id: ${event.error.requestId ?? "none"}. Retry ${event.retry} of ${event.retries} in ${event.delayMs} ms.`;
    case "turn-end":
      return event.outcome.kind === "failed"
        ? `The turn failed, ${event.outcome.error.kind}: ${event.outcome.error.message} ${event.outcome.error.detail ?? ""} Request id: ${event.outcome.error.requestId ?? "none"}.`
        : `The turn ended: ${event.outcome.kind}.`;
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
