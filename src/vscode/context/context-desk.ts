import { randomUUID } from "node:crypto";
import type { ContextReference, PromptFile } from "../../protocol/attachment.ts";
import type { ToHost, ToWebview } from "../../protocol/panel-messages.ts";
import type { GatheredContext } from "../../tools/context/read-context.ts";
import type { AttachedDocuments } from "./attached-documents.ts";
import type { PromptContext } from "./prompt-context.ts";

/** What finds and reads the context of prompts. */
export interface WindowContext {
  /** As the policy of a chat decides, or of the one that is shown. */
  gather(reference: ContextReference, chat?: string): Promise<readonly GatheredContext[]>;
  search(query: number, text: string, post: (message: ToWebview) => void): Promise<void>;
  /** Asks the user in VS Code's own lists. */
  pick(): Promise<readonly ContextReference[]>;
  readonly documents: AttachedDocuments;
}

/** What the panel may ask about the context of the next prompt. */
export type ContextRequest = Extract<
  ToHost,
  { type: "find-context" | "attach" | "open-attachment" | "toggle-implicit" | "find-prompts" | "remove-attachment" }
>;

export interface ContextDeskOptions {
  /** Of the chat that is shown; opens the first. */
  readonly shown: () => Promise<PromptContext>;
  /** Loads it. */
  readonly window: () => Promise<WindowContext>;
  readonly promptFiles: () => Promise<readonly PromptFile[]>;
  readonly post: (message: ToWebview) => void;
  readonly onChange: () => void;
}

/** Takes what the panel and the commands ask about the context of the next prompt of a chat. */
export class ContextDesk {
  readonly #options: ContextDeskOptions;

  constructor(options: ContextDeskOptions) {
    this.#options = options;
  }

  async receive(message: ContextRequest, context: PromptContext): Promise<void> {
    const { window, promptFiles, post, onChange } = this.#options;
    switch (message.type) {
      case "find-context":
        return (await window()).search(message.query, message.text, post);
      case "attach":
        return context.attach(message.id, message.reference);
      case "open-attachment": {
        const attachment = context.find(message.id);
        if (attachment !== undefined) await (await window()).documents.show(attachment);
        return;
      }
      case "toggle-implicit":
        return context.toggleImplicit();
      case "find-prompts": {
        const prompts = await promptFiles();
        return post({
          type: "prompts-found",
          prompts: prompts.map(({ name, description }) => ({ name, description })),
        });
      }
      case "remove-attachment":
        context.remove(message.id);
        return onChange();
    }
  }

  /** Attaches what the user picks in VS Code's own lists. */
  async pick(): Promise<void> {
    const { shown, window } = this.#options;
    const context = await shown();
    for (const reference of await (await window()).pick()) context.attach(randomUUID(), reference);
  }
}
