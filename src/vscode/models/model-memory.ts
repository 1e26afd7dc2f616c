import * as z from "zod";
import { type PickableModel, pickableModelSchema } from "./model-source.ts";

/** What `vscode.Memento` offers of it. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const favouritesKey = "outcrop.favouriteModels";
const recentsKey = "outcrop.recentModels";
const listKey = "outcrop.modelList";
const mostRecents = 5;

const idsSchema = z.array(z.string().min(1)).max(200);
const listSchema = z.object({ place: z.string(), models: z.array(pickableModelSchema) });

/** What is remembered of the picker: on this machine, for all windows. */
export class ModelMemory {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  get favourites(): readonly string[] {
    return this.#ids(favouritesKey);
  }

  /** Last used first. */
  get recents(): readonly string[] {
    return this.#ids(recentsKey);
  }

  async toggleFavourite(id: string): Promise<void> {
    const { favourites } = this;
    const changed = favourites.includes(id) ? favourites.filter((other) => other !== id) : [...favourites, id];
    await this.#memory.update(favouritesKey, changed);
  }

  async used(id: string): Promise<void> {
    const changed = [id, ...this.recents.filter((other) => other !== id)].slice(0, mostRecents);
    await this.#memory.update(recentsKey, changed);
  }

  /** The last list of a place; nothing where there is none, or it is of another one. */
  listOf(place: string): readonly PickableModel[] {
    const parsed = listSchema.safeParse(this.#memory.get(listKey));
    return parsed.success && parsed.data.place === place ? parsed.data.models : [];
  }

  async keepList(place: string, models: readonly PickableModel[]): Promise<void> {
    await this.#memory.update(listKey, { place, models });
  }

  #ids(key: string): readonly string[] {
    const parsed = idsSchema.safeParse(this.#memory.get(key));
    return parsed.success ? parsed.data : [];
  }
}
