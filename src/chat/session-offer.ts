import type { Tool } from "../agent/tool.ts";
import type { ChatChoice, ChatMode, ToolChoice } from "../protocol/chat-choice.ts";
import type { Emit } from "../protocol/chat-event.ts";
import type { ChatState } from "../protocol/chat-state.ts";
import { offeredTools, type TurnOffer } from "./offered-tools.ts";
import type { ChatSessionOptions } from "./session-options.ts";

interface SessionOfferOptions extends Pick<ChatSessionOptions, "tools" | "systemPrompt" | "defaults"> {
  readonly chat: () => ChatState;
  readonly emit: Emit;
  readonly now: () => number;
}

/** What the model is offered in this chat: the user's choice, and where there is none the settings. */
export class SessionOffer {
  readonly #options: SessionOfferOptions;

  constructor(options: SessionOfferOptions) {
    this.#options = options;
  }

  get mode(): ChatMode {
    const { chat, defaults } = this.#options;
    return chat().mode ?? defaults?.().mode ?? "agent";
  }

  /** By name; a tool that is not named is on, unless it is off by default. */
  get choice(): ToolChoice {
    const { chat, defaults } = this.#options;
    return { ...defaults?.().tools, ...chat().tools };
  }

  /** From the next turn on; one that runs keeps what it began with. */
  choose(choice: ChatChoice): void {
    const { emit, now } = this.#options;
    emit({ type: "choice", ...choice, at: now() });
  }

  /** Every tool that there is, chosen or not. */
  async all(): Promise<readonly Tool[]> {
    return this.#options.tools();
  }

  async forTurn(): Promise<TurnOffer> {
    const { mode, choice } = this;
    const tools = offeredTools(await this.all(), mode, choice);
    return { tools, system: this.#options.systemPrompt(tools.length > 0, mode) };
  }
}
