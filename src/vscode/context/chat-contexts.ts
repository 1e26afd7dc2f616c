import type { ChipFolder } from "./chip-folder.ts";
import type { PromptContext } from "./prompt-context.ts";
import type { PromptContextOptions } from "./prompt-context-options.ts";

export interface ChatContextsOptions {
  readonly create: (sessionId: string, memory: PromptContextOptions["memory"]) => PromptContext;
  /** The id of the chat that is shown; undefined until the first one is open. */
  readonly shown: () => string | undefined;
  readonly folder: ChipFolder;
}

/** What is attached belongs to a chat, and is there again whenever that is shown. */
export class ChatContexts {
  readonly #options: ChatContextsOptions;
  readonly #contexts = new Map<string, PromptContext>();
  readonly #open = new Set<string>();

  constructor(options: ChatContextsOptions) {
    this.#options = options;
  }

  /** What goes with the next prompt of a chat. */
  of(sessionId: string): PromptContext {
    const known = this.#contexts.get(sessionId);
    if (known !== undefined) return known;
    const { create, folder } = this.#options;
    const load = () => folder.read(sessionId);
    const context = create(sessionId, { load, save: (chips) => folder.write(sessionId, chips) });
    this.#contexts.set(sessionId, context);
    return context;
  }

  /** The same of a chat that is open in this window, or was until a moment ago; undefined for any other. */
  known(sessionId: string): PromptContext | undefined {
    return this.#contexts.get(sessionId);
  }

  /** Of the chat that is shown; undefined until the first one is open. */
  get shown(): PromptContext | undefined {
    const id = this.#options.shown();
    return id === undefined ? undefined : this.of(id);
  }

  /** The chat is open in this window from now on; what is attached is what is on the disk: another window may have had it. */
  opened(sessionId: string): void {
    this.#drop(sessionId);
    this.#open.add(sessionId);
  }

  /** It is not any more. What the panel has just asked of it may be on its way: it stays until another one is closed. */
  closed(sessionId: string): void {
    this.#open.delete(sessionId);
    for (const id of this.#contexts.keys()) if (id !== sessionId && !this.#open.has(id)) this.#drop(id);
  }

  /** The chat is gone. */
  forget(sessionId: string): void {
    this.#contexts.get(sessionId)?.discard();
    this.#contexts.delete(sessionId);
    this.#options.folder.write(sessionId, []);
  }

  /** Nothing is attached anywhere any more, nor comes back of what is on its way. */
  clear(): void {
    for (const context of this.#contexts.values()) context.discard();
  }

  /** Resolves when what is kept is on the disk. */
  settled(): Promise<void> {
    return this.#options.folder.settled();
  }

  /** Not where something is still read or goes with a prompt that is on its way, and where the disk has less of it. */
  #drop(sessionId: string): void {
    const isAtRest = this.#contexts.get(sessionId)?.isAtRest === true;
    if (isAtRest && this.#options.folder.isWhole(sessionId)) this.#contexts.delete(sessionId);
  }
}
