import type * as vscode from "vscode";

const prefix = "outcrop.header.";
/** SecretStorage gives no list of what it holds; the names alone are remembered, the values never. */
const namesKey = "outcrop.headerSecrets";

export interface HeaderSecretsOptions {
  readonly storage: vscode.SecretStorage;
  readonly memory: vscode.Memento;
}

/** The secrets that headers of requests are made of, in VS Code's SecretStorage. */
export class HeaderSecrets {
  readonly #options: HeaderSecretsOptions;
  /** Values that were read or set in this window, also those that were replaced: they stay secret. */
  readonly #known = new Set<string>();

  constructor(options: HeaderSecretsOptions) {
    this.#options = options;
    void Promise.all(this.names.map(this.find)).catch(() => undefined);
  }

  get names(): readonly string[] {
    return this.#options.memory.get<readonly string[]>(namesKey) ?? [];
  }

  /** For those who mask them. */
  get known(): readonly string[] {
    return [...this.#known];
  }

  readonly find = async (name: string): Promise<string | undefined> => {
    const value = await this.#options.storage.get(prefix + name);
    if (value !== undefined) this.#known.add(value);
    return value;
  };

  async set(name: string, value: string): Promise<void> {
    this.#known.add(value);
    await this.#options.storage.store(prefix + name, value);
    await this.#remember([...this.names.filter((other) => other !== name), name].sort());
  }

  async remove(name: string): Promise<void> {
    await this.#options.storage.delete(prefix + name);
    await this.#remember(this.names.filter((other) => other !== name));
  }

  async removeAll(): Promise<void> {
    for (const name of this.names) await this.remove(name);
  }

  async #remember(names: readonly string[]): Promise<void> {
    await this.#options.memory.update(namesKey, names);
  }
}
