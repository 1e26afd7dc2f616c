import { createHash, randomUUID } from "node:crypto";
import * as z from "zod";
import type { HttpRequest } from "./http-client.ts";

/** Servers that keep keys keep them for about a day. */
const heldMs = 24 * 3_600_000;
const mostKept = 200;

const kept = z.array(z.object({ request: z.string(), key: z.string(), at: z.number() }));
type Kept = z.output<typeof kept>[number];

/** Where the writes of one session are noted whose outcome is not known, so that they outlive a restart. */
export interface OpenWrites {
  /** What was saved last; undefined or anything else that is none counts as nothing. */
  load(): Promise<unknown>;
  /** Resolves when it is kept. */
  save(writes: unknown): Promise<void>;
}

/**
 * A key for each write: the same for the same request of the same tool as long as it is not known what came of it, so
 * that the server takes the second for the first.
 */
export class IdempotencyKeys {
  readonly #memory: OpenWrites;
  readonly #now: () => number;
  #open: Promise<readonly Kept[]> | undefined;

  constructor(memory: OpenWrites, now: () => number = Date.now) {
    this.#memory = memory;
    this.#now = now;
  }

  /** The key to send. Kept before it is sent; rejects where it cannot be. */
  async keyFor(tool: string, request: Pick<HttpRequest, "method" | "url" | "body">): Promise<string> {
    const digest = digestOf(tool, request);
    const open = await this.#current();
    const known = open.find((each) => each.request === digest);
    if (known !== undefined) return known.key;
    const key = randomUUID();
    await this.#save([...open, { request: digest, key, at: this.#now() }].slice(-mostKept));
    return key;
  }

  /** The server said what came of it: the same request is another one from now on. */
  async settle(key: string): Promise<void> {
    const open = await this.#current();
    await this.#save(open.filter((each) => each.key !== key));
  }

  async #current(): Promise<readonly Kept[]> {
    this.#open ??= this.#memory.load().then((value) => kept.catch([]).parse(value));
    const open = await this.#open;
    return open.filter(({ at }) => this.#now() - at < heldMs);
  }

  async #save(open: readonly Kept[]): Promise<void> {
    this.#open = Promise.resolve(open);
    await this.#memory.save(open);
  }
}

/** The order in which a model writes its arguments makes no other request. */
function digestOf(tool: string, { method, url, body = "" }: Pick<HttpRequest, "method" | "url" | "body">): string {
  const parts = [tool, method, ordered(url), body === "" ? null : JSON.parse(body)];
  return createHash("sha256").update(JSON.stringify(parts, sortedKeys)).digest("hex");
}

function ordered(url: string): string {
  const { searchParams, origin, pathname } = new URL(url);
  searchParams.sort();
  return `${origin}${pathname}?${searchParams}`;
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
