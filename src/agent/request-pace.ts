import type { PaceReason } from "../protocol/chat-event.ts";
import { promptTokens, type TokenUsage } from "../protocol/token-usage.ts";

/** A wait before the next request, in milliseconds. */
export interface Hold {
  readonly delayMs: number;
  readonly reason: PaceReason;
  /** What was learned of the quota, in tokens or requests per minute. */
  readonly limit?: number;
}

interface Sent {
  readonly at: number;
  /** Undefined until the answer told. */
  tokens: number | undefined;
}

/** A limit is learned only from a minute that was busy: a refusal after a few calls tells of others' use, not of a quota. */
export interface BusyMinute {
  readonly requests: number;
  readonly tokens: number;
}

/** The smallest default quotas that users report: 20,000 tokens per minute. */
const defaultBusyMinute: BusyMinute = { requests: 8, tokens: 15_000 };

const windowMs = 60_000;
const longestHoldMs = 60_000;
/** After this long without a throttle, what was learned of the quota is forgotten. */
const learnedForMs = 600_000;

/**
 * One per region and model, shared by everything that asks there: after a throttle nobody storms the service, and the
 * tokens and requests per minute at which it refused hold the next request back before it is refused. Times are
 * milliseconds on the caller's clock.
 */
export class RequestPace {
  readonly #busy: BusyMinute;
  #sent: Sent[] = [];
  #opensAt = 0;
  #tokensPerMinute: number | undefined;
  #requestsPerMinute: number | undefined;
  #throttledAt = 0;
  #lastTokens = 0;

  constructor(busy: BusyMinute = defaultBusyMinute) {
    this.#busy = busy;
  }

  /** Undefined: the request may go now. */
  hold(now: number): Hold | undefined {
    this.#forget(now);
    if (now < this.#opensAt) return { delayMs: this.#opensAt - now, reason: "back-off" };
    const wait = this.#waitForTokens(now) ?? this.#waitForRequests(now);
    if (wait === undefined || wait.delayMs <= 0) return undefined;
    return { ...wait, delayMs: Math.min(wait.delayMs, longestHoldMs) };
  }

  /** A request leaves. Answers with what to tell when it is over. */
  send(now: number): (usage: TokenUsage | null) => void {
    const entry: Sent = { at: now, tokens: undefined };
    this.#sent.push(entry);
    return (usage) => {
      if (usage === null) return;
      entry.tokens = promptTokens(usage) + usage.outputTokens;
      this.#lastTokens = entry.tokens;
    };
  }

  /** The service refused. `message` is its own, which names what ran out; everybody waits for `delayMs`. */
  throttled(message: string, delayMs: number, now: number): void {
    this.#forget(now);
    this.#throttledAt = now;
    this.#opensAt = Math.max(this.#opensAt, now + delayMs);
    // The refused request itself is among them, and used nothing up.
    const refused = this.#sent.findLastIndex(({ tokens }) => tokens === undefined);
    if (refused >= 0) this.#sent.splice(refused, 1);
    if (/tokens/i.test(message)) this.#tokensPerMinute = atLeast(this.#busy.tokens, this.#tokensInWindow());
    else if (/requests/i.test(message)) this.#requestsPerMinute = atLeast(this.#busy.requests, this.#sent.length);
  }

  /** The user does not want to wait. */
  open(): void {
    this.#opensAt = 0;
    this.#tokensPerMinute = undefined;
    this.#requestsPerMinute = undefined;
  }

  #waitForTokens(now: number): Hold | undefined {
    const limit = this.#tokensPerMinute;
    if (limit === undefined) return undefined;
    let over = this.#tokensInWindow() + Math.min(this.#lastTokens, limit) - limit;
    if (over <= 0) return undefined;
    for (const { at, tokens = 0 } of this.#sent) {
      over -= tokens;
      if (over <= 0) return { delayMs: at + windowMs - now, reason: "tokens-per-minute", limit };
    }
    return undefined;
  }

  #waitForRequests(now: number): Hold | undefined {
    const limit = this.#requestsPerMinute;
    const oldest = this.#sent[this.#sent.length - (limit ?? 0)];
    if (limit === undefined || oldest === undefined || this.#sent.length < limit) return undefined;
    return { delayMs: oldest.at + windowMs - now, reason: "requests-per-minute", limit };
  }

  #tokensInWindow(): number {
    return this.#sent.reduce((sum, { tokens = 0 }) => sum + tokens, 0);
  }

  #forget(now: number): void {
    this.#sent = this.#sent.filter(({ at }) => at > now - windowMs);
    if (now - this.#throttledAt < learnedForMs) return;
    this.#tokensPerMinute = undefined;
    this.#requestsPerMinute = undefined;
  }
}

function atLeast(least: number, value: number): number | undefined {
  return value >= least ? value : undefined;
}

/** Paces by what they are for, such as region and model. */
export class RequestPaces {
  readonly #paces = new Map<string, RequestPace>();

  of(key: string): RequestPace {
    const pace = this.#paces.get(key) ?? new RequestPace();
    this.#paces.set(key, pace);
    return pace;
  }
}
