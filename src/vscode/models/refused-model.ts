import type { Connection } from "../../protocol/connection.ts";
import type { ModelAccess } from "./model-source.ts";

/** The model that was selected last, where AWS had said by then that the account may not invoke it. */
export class RefusedModel {
  #id: string | undefined;

  /** `access`: as far as it was asked for when the model was selected. */
  selected(id: string, access: ModelAccess): void {
    this.#id = access === "available" || access === "unknown" ? undefined : id;
  }

  /** Somebody else asks, or elsewhere: what AWS said holds no longer. */
  forget(): void {
    this.#id = undefined;
  }

  /** Whether it would be asked now, and has not answered since. */
  isAsked(connection: Connection, hasAnswered: (id: string) => boolean): boolean {
    const id = this.#id;
    if (id === undefined || connection.kind === "demo" || connection.modelId !== id) return false;
    if (hasAnswered(id)) this.#id = undefined;
    return this.#id !== undefined;
  }
}
