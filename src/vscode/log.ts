import * as vscode from "vscode";
import type { CallRecord } from "../agent/model.ts";
import { describeOddities, type OnOddities } from "../agent/oddities.ts";
import type { ChatEvent } from "../protocol/chat-event.ts";
import { t } from "../protocol/localize.ts";
import { canWriteChannels, KeptLog } from "./kept-log.ts";
import { toLogLine } from "./log-line.ts";
import { plainNotice } from "./plain-notice.ts";

/**
 * The output channel, or a document where channels cannot be written. Prompts, file contents and answers are not written to it; it says what happened, not what was
 * said.
 */
export class Log implements vscode.Disposable {
  readonly #redact: (text: string) => string;
  readonly #channel = vscode.window.createOutputChannel("Outcrop", { log: true });
  readonly #kept = canWriteChannels(vscode.env.appRoot) ? undefined : new KeptLog();

  /** `redact` takes secrets out of a text. */
  constructor(redact: (text: string) => string) {
    this.#redact = redact;
  }

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
    const message = this.#redact(error instanceof Error ? error.message : String(error));
    const whole = error instanceof Error ? this.#redact(error.stack ?? error.message) : message;
    this.#channel.error(whole);
    this.#kept?.add("error", whole);
    const showLog = t("Show Log");
    void vscode.window.showErrorMessage(plainNotice(`Outcrop: ${message}`), showLog).then((answer) => {
      if (answer === showLog) void this.show();
    });
  };

  readonly oddities: OnOddities = (oddities) => {
    const line = describeOddities(oddities);
    this.#channel.debug(line);
    this.#kept?.add("debug", line);
  };

  /** A failed model call, retried or not. */
  readonly failure = (record: CallRecord): void => {
    const line = this.#redact(`Model call failed: ${JSON.stringify(record)}`);
    this.#channel.info(line);
    this.#kept?.add("info", line);
  };

  readonly event = (event: ChatEvent): void => {
    const line = toLogLine(event);
    if (line === undefined) return;
    const text = this.#redact(line.text);
    this.#channel.info(text);
    this.#kept?.add("info", text);
    if (line.detail !== undefined) this.#channel.debug(this.#redact(line.detail));
  };
}
