import { randomUUID } from "node:crypto";
import type { ContentBlock } from "@aws-sdk/client-bedrock-runtime";
import type { TurnOutcome } from "../protocol/chat-event.ts";
import type { QueueAction, QueuedPrompt } from "../protocol/queued-prompt.ts";
import { isUntrusted, type Prompt, toAttachment, toUserMessage } from "./prompt.ts";
import type { SessionStart } from "./restore-session.ts";
import type { SessionLog } from "./session-log.ts";

export interface PromptQueueOptions {
  readonly log: Pick<SessionLog, "chat" | "emit" | "keepPrompt">;
  readonly start: Pick<SessionStart, "prompts">;
  readonly now: () => number;
  /** The session's own. */
  readonly isRunning: () => boolean;
  readonly stop: () => void;
  readonly settled: () => Promise<void>;
  readonly send: (prompt: Prompt) => Promise<TurnOutcome | undefined>;
  /** A prompt with content from outside the workspace steers the turn that runs. */
  readonly onUntrusted: () => void;
  readonly report: (error: unknown) => void;
}

/** Prompts that the user sent while a turn was running. None is sent behind a turn that was stopped or failed, unless the user says so. */
export class PromptQueue {
  readonly #options: PromptQueueOptions;
  readonly #prompts: Map<string, Prompt>;

  constructor(options: PromptQueueOptions) {
    this.#options = options;
    this.#prompts = new Map(Object.entries(options.start.prompts ?? {}));
  }

  add(prompt: Prompt, action: QueueAction): void {
    const { log, now } = this.#options;
    if (prompt.text.trim() === "") return;
    const id = randomUUID();
    this.#prompts.set(id, prompt);
    log.keepPrompt(id, prompt);
    const attachments = prompt.attachments.map(toAttachment);
    log.emit({ type: "queued", prompt: { id, text: prompt.text, attachments, action }, at: now() });
  }

  /** Keeps all of a turn's prompt, so that it can be sent again in another form. */
  keep(turnId: string, prompt: Prompt): void {
    if (prompt.attachments.length === 0) return;
    this.#prompts.set(turnId, prompt);
    this.#options.log.keepPrompt(turnId, prompt);
  }

  /** What was attached to a turn's prompt. */
  attachmentsOf(turnId: string): Prompt["attachments"] {
    return this.#prompts.get(turnId)?.attachments ?? [];
  }

  /** Takes a prompt out of the queue; undefined where it waits no longer. */
  take(id: string): Prompt | undefined {
    const queued = this.#waiting.find((each) => each.id === id);
    if (queued === undefined) return undefined;
    this.#drop([queued]);
    return this.#whole(queued);
  }

  /** Takes all of them out. */
  clear(): void {
    if (this.#waiting.length > 0) this.#drop(this.#waiting);
  }

  /** Sends a prompt that waits, in the place of what runs. */
  async sendNow(id: string): Promise<TurnOutcome | undefined> {
    const prompt = this.take(id);
    return prompt && this.sendInstead(prompt);
  }

  /** Ends what runs and sends a prompt in its place. */
  async sendInstead(prompt: Prompt): Promise<TurnOutcome | undefined> {
    const { isRunning, stop, settled, send } = this.#options;
    if (isRunning()) stop();
    await settled();
    // Another one that was to be sent now is running already.
    if (isRunning()) return void this.add(prompt, "queue");
    return send(prompt);
  }

  /** What goes to the model with the results of its calls. */
  readonly steer = (): readonly ContentBlock[] => {
    const { log, now } = this.#options;
    const steering = this.#waiting.filter(({ action }) => action === "steer");
    if (steering.length === 0) return [];
    const prompts = steering.map((each) => this.#whole(each));
    if (prompts.some(isUntrusted)) this.#options.onUntrusted();
    const blocks = prompts.flatMap((prompt) => toUserMessage(prompt).content ?? []);
    this.#drop(steering);
    for (const { id, text, attachments } of steering) {
      log.emit({ type: "steered", id, prompt: text, attachments, at: now() });
    }
    return blocks;
  };

  /** The turn has its whole answer: the next prompt is sent, what was to steer it first. */
  goOn(): void {
    const { isRunning, send, report } = this.#options;
    // The user sent one meanwhile; what waits is sent behind that.
    if (isRunning()) return;
    const next = this.#waiting.find(({ action }) => action === "steer") ?? this.#waiting[0];
    const prompt = next && this.take(next.id);
    if (prompt !== undefined) void send(prompt).catch(report);
  }

  get #waiting(): readonly QueuedPrompt[] {
    return this.#options.log.chat.queued ?? [];
  }

  #drop(prompts: readonly QueuedPrompt[]): void {
    const { log, now } = this.#options;
    log.emit({ type: "unqueued", ids: prompts.map(({ id }) => id), at: now() });
  }

  /** Where what was attached is lost with a damaged journal, what was written is there still. */
  #whole({ id, text }: QueuedPrompt): Prompt {
    return this.#prompts.get(id) ?? { text, attachments: [] };
  }
}
