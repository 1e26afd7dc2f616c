import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type ErrorFacts, readErrorFacts } from "../../../src/bedrock/error-facts.ts";

const nothing: Omit<ErrorFacts, "name" | "message"> = {
  status: undefined,
  code: undefined,
  requestId: undefined,
  retryAfterMs: undefined,
  clockSkewCorrected: false,
  location: undefined,
  gateway: undefined,
};

const withHeaders = (headers: Readonly<Record<string, string>>) =>
  Object.assign(new Error("x"), { $response: { headers } });

describe("readErrorFacts", () => {
  it("reads an SDK exception: name, status, request id", () => {
    const error = Object.assign(new Error("Too many requests"), {
      name: "ThrottlingException",
      $metadata: { httpStatusCode: 429, requestId: "r-1" },
      $response: { statusCode: 429, headers: { "retry-after": "3" } },
    });
    assert.deepEqual(readErrorFacts(error), {
      ...nothing,
      name: "ThrottlingException",
      message: "Too many requests",
      status: 429,
      requestId: "r-1",
      retryAfterMs: 3_000,
    });
  });

  it("B4.52 writes names of stream members as the classes are written", () => {
    const error = Object.assign(new Error("slow"), { name: "throttlingException" });
    assert.deepEqual(readErrorFacts(error), { ...nothing, name: "ThrottlingException", message: "slow" });
  });

  it("B4.53 shows the message inside the raw JSON of an unmodelled exception", () => {
    const message = (text: string) => readErrorFacts(new Error(text)).message;
    assert.equal(message('{"message":"The model timed out."}'), "The model timed out.");
    assert.equal(message('{"Message":"Upper case"}'), "Upper case");
    assert.equal(message('{"other":1}'), '{"other":1}');
    assert.equal(message("{not json"), "{not json");
  });

  it("B4.55 cuts off what the SDK adds about deserialization", () => {
    const raw =
      "Truncated event message received.\n  Deserialization error: to see the raw response, inspect the hidden field {error}.$response on this object.";
    assert.equal(readErrorFacts(new Error(raw)).message, "Truncated event message received.");
  });

  it("B4.54 looks for a better message where the SDK has none", () => {
    const openAi = Object.assign(new Error("UnknownError"), { error: { message: "maximum context length is 8192" } });
    assert.equal(readErrorFacts(openAi).message, "maximum context length is 8192");
    const reason = Object.assign(new Error("Unknown"), { $response: { reason: "Bad Gateway" } });
    assert.equal(readErrorFacts(reason).message, "Bad Gateway");
    assert.equal(readErrorFacts(new Error("UnknownError")).message, "UnknownError");
    const fastApi = Object.assign(new Error("UnknownError"), { detail: "Not Found" });
    assert.equal(readErrorFacts(fastApi).message, "Not Found");
    const empty = Object.assign(new Error("UnknownError"), { $metadata: { httpStatusCode: 503 } });
    assert.equal(readErrorFacts(empty).message, "HTTP status 503");
  });

  it("finds status and request id in the response where the metadata has none", () => {
    const error = Object.assign(new Error("x"), {
      $metadata: { attempts: 1 },
      $response: { statusCode: 502, headers: { "x-amzn-requestid": "r-2" } },
    });
    assert.deepEqual(readErrorFacts(error), {
      ...nothing,
      name: "Error",
      message: "x",
      status: 502,
      requestId: "r-2",
    });
  });

  it("finds Node's code, on the error or on its cause", () => {
    assert.equal(readErrorFacts(Object.assign(new Error("x"), { code: "ECONNRESET" })).code, "ECONNRESET");
    const wrapped = new Error("x", { cause: Object.assign(new Error("y"), { code: "ENOTFOUND" }) });
    assert.equal(readErrorFacts(wrapped).code, "ENOTFOUND");
  });

  it("reads how long to wait, in seconds, in milliseconds or as a date", (test) => {
    test.mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-01-01T00:00:00Z") });
    const after = (headers: Readonly<Record<string, string>>) => readErrorFacts(withHeaders(headers)).retryAfterMs;
    assert.equal(after({ "retry-after": "60" }), 60_000);
    assert.equal(after({ "retry-after": "0" }), 0);
    assert.equal(after({ "x-amz-retry-after": "250", "retry-after": "60" }), 250);
    assert.equal(after({ "retry-after": "Thu, 01 Jan 2026 00:00:20 GMT" }), 20_000);
    assert.equal(after({ "retry-after": "Wed, 31 Dec 2025 23:59:00 GMT" }), 0);
    assert.equal(after({ "retry-after": "soon" }), undefined);
    assert.equal(after({}), undefined);
  });

  it("tells a gateway by its headers", () => {
    assert.equal(readErrorFacts(withHeaders({ "x-kong-request-id": "k" })).gateway, "Kong");
    assert.equal(readErrorFacts(withHeaders({ server: "kong/3.10.0" })).gateway, "Kong");
    assert.equal(readErrorFacts(withHeaders({ "x-litellm-version": "1" })).gateway, "LiteLLM");
    assert.equal(readErrorFacts(withHeaders({ server: "nginx" })).gateway, undefined);
  });

  it("sees that the SDK has set its clock", () => {
    const error = Object.assign(new Error("x"), { $metadata: { clockSkewCorrected: true } });
    assert.equal(readErrorFacts(error).clockSkewCorrected, true);
  });

  it("takes anything that can be thrown", () => {
    assert.deepEqual(readErrorFacts("text"), { ...nothing, name: "Error", message: "text" });
    assert.deepEqual(readErrorFacts(undefined), { ...nothing, name: "Error", message: "undefined" });
    assert.deepEqual(readErrorFacts({ name: 3, message: null, $metadata: "x", $response: { headers: 1 } }), {
      ...nothing,
      name: "Error",
      message: "[object Object]",
    });
  });
});
