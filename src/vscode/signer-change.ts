import { readSettings } from "./settings.ts";

/** Sees when the settings name another source to sign with: a chat that has moved is not to go on with the one before. */
export class SignerChange {
  #last = signer();

  /** Since it was asked last. */
  hasChanged(): boolean {
    const before = this.#last;
    this.#last = signer();
    return this.#last !== before;
  }
}

function signer(): string {
  const { configuration, profile, authentication } = readSettings();
  return JSON.stringify([configuration, profile, authentication]);
}
