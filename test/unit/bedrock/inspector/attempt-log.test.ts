import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { demoSettings } from "../../../../src/bedrock/bedrock-settings.ts";
import { type Attempt, AttemptLog, type RecordedRequest } from "../../../../src/bedrock/inspector/attempt-log.ts";

const settings = demoSettings("m", { maxTokens: 1, firstByteMs: 1, idleMs: 1 });
const mebibyte = 1024 * 1024;

function send(log: AttemptLog, bytes: number): Attempt {
  const attempt = log.begin("ConverseStream", "m", settings);
  log.sent(attempt, request(bytes));
  return attempt;
}

function request(bytes: number): RecordedRequest {
  return {
    method: "POST",
    protocol: "https:",
    hostname: "h",
    path: "/model/m/converse",
    headers: {},
    body: "x".repeat(bytes),
  };
}

const frame = (bytes: number) => ({ headers: {}, body: new Uint8Array(bytes) });

describe("the log of attempts", () => {
  it("keeps the last twenty, the last one first", () => {
    const log = new AttemptLog();
    for (let at = 0; at < 23; at++) send(log, 1);
    assert.deepEqual(
      log.attempts.map(({ ordinal }) => ordinal),
      Array.from({ length: 20 }, (_, at) => 23 - at),
    );
  });

  it("lets go of the oldest when requests and events outgrow their room, never of the last", () => {
    const log = new AttemptLog();
    for (let at = 0; at < 5; at++) send(log, 4 * mebibyte);
    assert.deepEqual(
      log.attempts.map(({ ordinal }) => ordinal),
      [5, 4, 3, 2],
    );
    const huge = send(log, 40 * mebibyte);
    assert.deepEqual(log.attempts, [huge]);
  });

  it("keeps four mebibytes of an attempt's events and counts the others", () => {
    const log = new AttemptLog();
    const attempt = send(log, mebibyte);
    for (let at = 0; at < 9; at++) log.event(attempt, "contentBlockDelta", frame(mebibyte));
    assert.deepEqual([attempt.events.length, attempt.leftOut], [5, 4]);
  });

  it("copies nothing: what is kept is what was sent and decoded", () => {
    const log = new AttemptLog();
    const attempt = log.begin("ConverseStream", "m", settings);
    const [sent, decoded] = [request(3), frame(3)];
    log.sent(attempt, sent);
    log.event(attempt, "messageStart", decoded);
    assert.equal(attempt.request, sent);
    assert.equal(attempt.events[0]?.frame, decoded);
  });

  it("forgets all of them, one that runs on included", () => {
    const log = new AttemptLog();
    const running = send(log, 3);
    log.clear();
    log.event(running, "messageStart", frame(3));
    log.ended(running);
    assert.deepEqual(log.attempts, []);
    assert.equal(send(log, 3).ordinal, 2);
  });
});
