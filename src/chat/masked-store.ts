import type { SessionStore } from "./session-options.ts";

/** What identifies or signs something else: never a secret, and of no use if changed. */
const kept = new Set(["id", "turnId", "toolUseId", "digest", "signature", "type", "kind", "at"]);

/** Documents of a tool's or of the model's making, whose members may be called anything. */
const documents = new Set(["input", "json"]);

/** The exit to the disk: secrets are masked in all that a session keeps. */
export function maskedStore(store: SessionStore, mask: (text: string) => string): SessionStore {
  return {
    event: (event) => store.event(maskDeep(event, mask)),
    message: (message) => store.message(maskDeep(message, mask)),
    prompt: (id, prompt) => store.prompt(id, maskDeep(prompt, mask)),
    untrusted: () => store.untrusted(),
    flush: () => store.flush(),
  };
}

/** A copy of the same shape, so that the type stays what it was. */
export function maskDeep<Value>(value: Value, mask: (text: string) => string): Value {
  return mapStrings(value, mask) as Value;
}

function mapStrings(value: unknown, mask: (text: string) => string, names: ReadonlySet<string> = kept): unknown {
  if (typeof value === "string") return mask(value);
  if (Array.isArray(value)) return value.map((each) => mapStrings(each, mask, names));
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      if (names.has(key)) return [key, each];
      return [key, mapStrings(each, mask, documents.has(key) ? new Set() : names)];
    }),
  );
}
