import * as z from "zod";
import type { KeptDraft } from "../../protocol/panel-messages.ts";

/** VS Code's memory of a workspace. */
export interface DraftStore {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const key = "outcrop.drafts";
const drafts = z.array(
  z.object({ session: z.string(), text: z.string(), unsent: z.array(z.string()).readonly().optional() }),
);
type Stored = z.infer<typeof drafts>[number];

/** A prompt that left the composer. */
interface Held {
  readonly prompt: KeptDraft;
  /** Of a former window, on its way, or in the composer again, which the page has not told yet. */
  readonly state: "left" | "sent" | "back";
}

/** Beyond these the drafts that were written first are forgotten. */
const mostDrafts = 20;
const mostCharacters = 500_000;

/**
 * What is in the composer of each chat, secrets masked. The page keeps it as well, whole, but VS Code writes that only now
 * and then: not before a browser loads the window again.
 */
export class DraftMemory {
  readonly #store: DraftStore;
  readonly #mask: (text: string) => string;
  /** Kept beside the draft of their chat until they are where they go: the page says at once that they left it. */
  #held: readonly Held[];
  /** Chats that were deleted: the page may tell of one a moment later. */
  readonly #gone = new Set<string>();

  constructor(store: DraftStore, mask: (text: string) => string) {
    this.#store = store;
    this.#mask = mask;
    this.#held = this.#all().flatMap(({ session, unsent = [] }) =>
      unsent.map((text): Held => ({ prompt: { session, text }, state: "left" })),
    );
  }

  read(session: string): KeptDraft | undefined {
    const text = this.#textOf(session);
    return text === "" ? undefined : { session, text };
  }

  /** What is in the composer, with what came back. */
  async write({ session, text }: KeptDraft): Promise<void> {
    this.#held = this.#held.filter(({ prompt, state }) => prompt.session !== session || state !== "back");
    await this.#put(session, text);
  }

  /** A prompt leaves the composer. */
  async leave(prompt: KeptDraft): Promise<void> {
    this.#held = [...this.#held, { prompt, state: "sent" }];
    await this.#put(prompt.session, "");
  }

  /** It is where it goes, or was given back. */
  async arrive(prompt: KeptDraft): Promise<void> {
    this.#held = this.#held.filter((held) => held.prompt !== prompt);
    await this.#put(prompt.session, this.#textOf(prompt.session));
  }

  /** A prompt comes into the composer. */
  async giveBack(prompt: KeptDraft): Promise<void> {
    this.#held = [...this.#held, { prompt, state: "back" }];
    await this.#put(prompt.session, this.#textOf(prompt.session));
  }

  /** The prompts that were on their way when a former window ended: they are to come into the composer. Each comes once. */
  takeLeft(session: string): readonly string[] {
    const isLeft = ({ prompt, state }: Held): boolean => prompt.session === session && state === "left";
    const texts = this.#held.filter(isLeft).map(({ prompt }) => prompt.text);
    this.#held = this.#held.map((held) => (isLeft(held) ? { ...held, state: "back" } : held));
    return texts;
  }

  /** The chat is deleted: nothing is kept for it any more. */
  async forget(session: string): Promise<void> {
    this.#gone.add(session);
    this.#held = this.#held.filter(({ prompt }) => prompt.session !== session);
    await this.#put(session, "");
  }

  async clear(): Promise<void> {
    this.#held = [];
    await this.#store.update(key, undefined);
  }

  #textOf(session: string): string {
    return this.#all().find((draft) => draft.session === session)?.text ?? "";
  }

  async #put(session: string, wanted: string): Promise<void> {
    const isGone = this.#gone.has(session);
    const text = isGone ? "" : wanted;
    const all = this.#all();
    const others = all.filter((draft) => draft.session !== session);
    const held = isGone ? [] : this.#held.filter(({ prompt }) => prompt.session === session);
    const unsent = held.map(({ prompt }) => this.#mask(prompt.text));
    const isEmpty = text === "" && unsent.length === 0;
    if (isEmpty && others.length === all.length) return;
    const kept = { session, text: this.#mask(text), ...(unsent.length > 0 && { unsent }) };
    const next = isEmpty ? others : [...others, kept];
    await this.#store.update(key, next.length === 0 ? undefined : latestOf(next));
  }

  #all(): readonly Stored[] {
    const parsed = drafts.safeParse(this.#store.get(key));
    return parsed.success ? parsed.data : [];
  }
}

/** The last ones, as many as fit; the very last one always does. */
function latestOf(all: readonly Stored[]): readonly Stored[] {
  let size = 0;
  return all
    .slice(-mostDrafts)
    .toReversed()
    .filter(({ text, unsent = [] }, index) => {
      size += text.length + unsent.join("").length;
      return index === 0 || size <= mostCharacters;
    })
    .toReversed();
}
