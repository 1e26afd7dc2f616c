import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { StoredKeys } from "../../../src/vscode/stored-keys.ts";

type Secrets = Parameters<typeof StoredKeys.open>[0];

/** VS Code's secret storage in memory, whose changes are told as another window would hear them. */
function memorySecrets() {
  const kept = new Map<string, string>();
  const listeners = new Set<(event: { readonly key: string }) => unknown>();
  const tell = (key: string): void => listeners.forEach((listener) => void listener({ key }));
  const secrets: Secrets = {
    get: async (key) => kept.get(key),
    store: async (key, value) => {
      kept.set(key, value);
      tell(key);
    },
    delete: async (key) => {
      kept.delete(key);
      tell(key);
    },
    onDidChange: (listener) => {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
  return { secrets, kept };
}

const accessKeys = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "secret", sessionToken: "token" };

describe("StoredKeys", () => {
  it("keeps keys in the secret storage, forgets them, and finds them again", async () => {
    const { secrets, kept } = memorySecrets();
    const keys = await StoredKeys.open(secrets, () => undefined);
    assert.deepEqual(keys.current, {});
    await keys.setApiKey("api-key");
    await keys.setAccessKeys(accessKeys);
    assert.deepEqual(keys.current, { apiKey: "api-key", accessKeys });
    assert.deepEqual((await StoredKeys.open(secrets, () => undefined)).current, keys.current);
    await keys.forget();
    assert.deepEqual([keys.current, kept.size], [{}, 0]);
  });

  it("hears what another window stores, and takes nothing of another shape for keys", async () => {
    const { secrets } = memorySecrets();
    const changed = Promise.withResolvers<void>();
    const keys = await StoredKeys.open(secrets, changed.resolve);
    await secrets.store("outcrop.apiKey", "from another window");
    await changed.promise;
    assert.deepEqual(keys.current, { apiKey: "from another window" });
    for (const text of ["{", "{}", '{"accessKeyId":"A","secretAccessKey":"s","more":1}']) {
      await secrets.store("outcrop.accessKeys", text);
      assert.equal((await StoredKeys.open(secrets, () => undefined)).current.accessKeys, undefined);
    }
  });
});
