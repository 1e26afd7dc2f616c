import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RequestPace, RequestPaces } from "../../../src/agent/request-pace.ts";

const tooManyTokens = "Too many tokens, please wait before trying again.";
const tooManyRequests = "Too many requests, please wait before trying again.";

function used(tokens: number) {
  return { inputTokens: tokens - 30, outputTokens: 10, cacheReadInputTokens: 15, cacheWriteInputTokens: 5 };
}

/** A pace that was told of answered requests: when each left, and its tokens. */
function paceAfter(...answers: readonly (readonly [at: number, tokens: number])[]): RequestPace {
  const pace = new RequestPace({ requests: 1, tokens: 1 });
  for (const [at, tokens] of answers) pace.send(at)(used(tokens));
  return pace;
}

/** A request leaves at this time, and is refused for so long. */
function refuse(pace: RequestPace, at: number, message: string, delayMs: number): void {
  pace.send(at);
  pace.throttled(message, delayMs, at);
}

describe("RequestPace", () => {
  it("holds nothing back that was never refused, however much is sent", () => {
    const pace = paceAfter(...Array.from({ length: 500 }, (_, at) => [at, 100_000] as const));
    assert.equal(pace.hold(500), undefined);
  });

  it("holds everybody back for as long as the refused one waits", () => {
    const pace = new RequestPace({ requests: 1, tokens: 1 });
    refuse(pace, 1_000, "slow down", 7_000);
    assert.deepEqual(pace.hold(1_000), { delayMs: 7_000, reason: "back-off" });
    assert.deepEqual(pace.hold(7_999), { delayMs: 1, reason: "back-off" });
    assert.equal(pace.hold(8_000), undefined);
  });

  it("keeps the longer of two waits", () => {
    const pace = new RequestPace({ requests: 1, tokens: 1 });
    refuse(pace, 1_000, "slow down", 20_000);
    refuse(pace, 2_000, "slow down", 1_000);
    assert.deepEqual(pace.hold(2_000), { delayMs: 19_000, reason: "back-off" });
  });

  it("learns the tokens per minute, cached ones counted, and waits until the next request fits", () => {
    const pace = paceAfter([0, 6_000], [20_000, 3_000]);
    refuse(pace, 30_000, tooManyTokens, 1_000);
    // 9,000 a minute; the next is taken to be as long as the last, 3,000, which fits when the first has left.
    assert.deepEqual(pace.hold(31_000), { delayMs: 29_000, reason: "tokens-per-minute", limit: 9_000 });
    assert.equal(pace.hold(60_000), undefined);
  });

  it("learns the requests per minute and lets one more go as the oldest leaves the minute", () => {
    const pace = paceAfter([0, 40], [10_000, 40], [20_000, 40]);
    refuse(pace, 30_000, tooManyRequests, 1_000);
    assert.deepEqual(pace.hold(31_000), { delayMs: 29_000, reason: "requests-per-minute", limit: 3 });
    assert.equal(pace.hold(60_000), undefined);
    pace.send(60_000)(used(40));
    assert.deepEqual(pace.hold(60_001), { delayMs: 9_999, reason: "requests-per-minute", limit: 3 });
  });

  it("learns nothing from a refusal that names neither", () => {
    const pace = paceAfter([0, 6_000]);
    refuse(pace, 1_000, "slow down", 1_000);
    assert.equal(pace.hold(2_000), undefined);
  });

  it("learns nothing from refused requests alone: they used nothing up", () => {
    const pace = new RequestPace({ requests: 1, tokens: 1 });
    for (const at of [1_000, 3_000, 6_000]) refuse(pace, at, tooManyRequests, 1_000);
    assert.equal(pace.hold(7_000), undefined);
  });

  it("takes a lower limit over a higher one that it had learned", () => {
    const pace = paceAfter([0, 40], [1, 40]);
    refuse(pace, 2, tooManyRequests, 0);
    pace.send(60_010)(used(40));
    refuse(pace, 60_020, tooManyRequests, 0);
    assert.deepEqual(pace.hold(60_030), { delayMs: 59_980, reason: "requests-per-minute", limit: 1 });
  });

  it("forgets what it learned after ten minutes without a refusal", () => {
    const learned = () => {
      const pace = paceAfter([0, 40]);
      refuse(pace, 1_000, tooManyRequests, 1_000);
      return pace;
    };
    const early = learned();
    early.send(600_000)(used(40));
    assert.equal(early.hold(600_500)?.reason, "requests-per-minute");
    const late = learned();
    late.send(601_000)(used(40));
    assert.equal(late.hold(601_000), undefined);
  });

  it("opens at once, and forgets its limits, when the user does not want to wait", () => {
    const pace = paceAfter([0, 40]);
    refuse(pace, 1_000, tooManyRequests, 5_000);
    pace.open();
    assert.equal(pace.hold(1_000), undefined);
  });

  it("counts a request whose answer told no tokens as a request", () => {
    const pace = new RequestPace({ requests: 1, tokens: 1 });
    pace.send(0)(null);
    pace.send(1)(used(40));
    pace.send(2);
    pace.throttled(tooManyRequests, 0, 2);
    assert.deepEqual(pace.hold(3), { delayMs: 59_997, reason: "requests-per-minute", limit: 2 });
  });
});

describe("RequestPaces", () => {
  it("is one pace for each model and place, kept for everybody who asks there", () => {
    const paces = new RequestPaces();
    assert.equal(paces.of("eu-west-1 m"), paces.of("eu-west-1 m"));
    assert.notEqual(paces.of("eu-west-1 m"), paces.of("us-east-1 m"));
  });
});
