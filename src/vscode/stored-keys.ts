import * as z from "zod";

const accessKeys = z.strictObject({
  accessKeyId: z.string().min(1),
  secretAccessKey: z.string().min(1),
  sessionToken: z.string().min(1).exactOptional(),
});
type AccessKeys = z.infer<typeof accessKeys>;

const apiKeyName = "outcrop.apiKey";
const accessKeysName = "outcrop.accessKeys";

/** VS Code's secret storage. */
interface Secrets {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
  readonly onDidChange: (listener: (event: { readonly key: string }) => unknown) => Disposable;
}

interface Disposable {
  dispose(): unknown;
}

interface Kept {
  readonly apiKey?: string;
  readonly accessKeys?: AccessKeys;
}

/** What the user has given to Outcrop to sign with: in VS Code's secret storage, and nowhere else on the disk. */
export class StoredKeys {
  readonly #secrets: Secrets;
  readonly #subscription: Disposable;
  #kept: Kept = {};

  private constructor(secrets: Secrets, onDidChange: () => void) {
    this.#secrets = secrets;
    // Another window may store them.
    this.#subscription = secrets.onDidChange(async ({ key }) => {
      if (key !== apiKeyName && key !== accessKeysName) return;
      await this.#read();
      onDidChange();
    });
  }

  static async open(secrets: Secrets, onDidChange: () => void): Promise<StoredKeys> {
    const keys = new StoredKeys(secrets, onDidChange);
    await keys.#read();
    return keys;
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  get current(): Kept {
    return this.#kept;
  }

  async setApiKey(apiKey: string): Promise<void> {
    await this.#secrets.store(apiKeyName, apiKey);
    await this.#read();
  }

  async setAccessKeys(keys: AccessKeys): Promise<void> {
    await this.#secrets.store(accessKeysName, JSON.stringify(keys));
    await this.#read();
  }

  async forget(): Promise<void> {
    await this.#secrets.delete(apiKeyName);
    await this.#secrets.delete(accessKeysName);
    await this.#read();
  }

  async #read(): Promise<void> {
    const [apiKey, keys] = await Promise.all([this.#secrets.get(apiKeyName), this.#secrets.get(accessKeysName)]);
    const read = parseKeys(keys);
    this.#kept = { ...(apiKey && { apiKey }), ...(read !== undefined && { accessKeys: read }) };
  }
}

function parseKeys(text: string | undefined): AccessKeys | undefined {
  if (text === undefined) return undefined;
  try {
    return accessKeys.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
