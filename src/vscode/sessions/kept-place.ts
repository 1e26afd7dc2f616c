import * as z from "zod";
import type { KeptPlace } from "../../protocol/panel-messages.ts";
import type { DraftStore } from "./kept-draft.ts";

const key = "outcrop.place";
const kept = z.object({ session: z.string(), place: z.object({ turn: z.int(), offset: z.number() }).nullable() });

/**
 * Where the user reads in the chat that is shown. The page keeps it as well, but VS Code writes that only now and then: not
 * before a browser loads the window again.
 */
export class PlaceMemory {
  readonly #store: DraftStore;

  constructor(store: DraftStore) {
    this.#store = store;
  }

  /** Undefined where nothing is known of this chat. */
  read(session: string): KeptPlace["place"] | undefined {
    const parsed = kept.safeParse(this.#store.get(key));
    return parsed.success && parsed.data.session === session ? parsed.data.place : undefined;
  }

  async write({ session, place }: KeptPlace): Promise<void> {
    await this.#store.update(key, { session, place });
  }
}
