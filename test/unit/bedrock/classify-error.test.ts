import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type CallPlace, classifyError, endedEarly, timedOut } from "../../../src/bedrock/classify-error.ts";
import type { ErrorKind } from "../../../src/protocol/turn-error.ts";
import { modelError } from "../../support/scripted-model.ts";

const aws: CallPlace = { modelId: "m-1", region: "eu-west-1", endpoint: undefined, requestId: undefined };
const gateway: CallPlace = { ...aws, endpoint: "http://localhost:8000" };

interface Shape {
  readonly name?: string;
  readonly message?: string;
  readonly status?: number;
  readonly code?: string;
}

function thrown({ name = "Error", message = "It failed.", status, code }: Shape): Error {
  return Object.assign(new Error(message), {
    name,
    ...(status !== undefined && { $metadata: { httpStatusCode: status } }),
    ...(code !== undefined && { code }),
  });
}

/** What is thrown, and the kind that it is; where the place matters, the kind at a gateway is the third. */
const cases: readonly (readonly [Shape, ErrorKind, ErrorKind?])[] = [
  [{ name: "ThrottlingException", status: 429 }, "throttled"],
  [{ name: "throttlingException" }, "throttled"],
  [{ name: "ThrottlingException", status: 429, message: "Too many tokens, please wait" }, "throttled"],
  [{ name: "ThrottlingException", status: 429, message: "prompt is too long: 9 tokens > 8 maximum" }, "throttled"],
  [{ name: "throttlingException", message: "Input is too long for requested model." }, "throttled"],
  [{ name: "Unknown", status: 429, message: "input tokens exceed context limit: 1 + 2 > 3" }, "throttled"],
  [{ name: "ServiceQuotaExceededException", status: 400, message: "Input is too long for requested model." }, "quota"],
  [{ name: "ModelNotReadyException", status: 429 }, "throttled"],
  [{ name: "Unknown", status: 429, message: "API rate limit exceeded" }, "throttled"],
  [{ name: "InternalServerException", status: 500 }, "server"],
  [{ name: "internalServerException" }, "server"],
  [{ name: "ServiceUnavailableException", status: 503 }, "server"],
  [{ name: "Unknown", status: 529, message: "overloaded" }, "server"],
  [{ name: "SyntaxError", status: 502, message: "Unexpected token '<', \"<html>\" is not valid JSON" }, "server"],
  [{ name: "ModelErrorException", status: 424 }, "model_error"],
  [{ name: "modelStreamErrorException" }, "model_error"],
  [{ name: "Unknown", status: 424 }, "model_error"],
  [{ name: "ModelTimeoutException", status: 408 }, "model_timeout"],
  [{ name: "modelTimeoutException", message: '{"message":"timed out"}' }, "model_timeout"],
  [{ name: "Unknown", status: 408 }, "model_timeout"],
  [
    { name: "ModelErrorException", status: 424, message: "Model produced invalid sequence as part of ToolUse." },
    "malformed_tool_use",
  ],
  [
    { name: "validationException", message: "Model produced invalid sequence as part of ToolUse." },
    "malformed_tool_use",
  ],
  [{ name: "TimeoutError", code: "ECONNRESET", message: "socket hang up" }, "network"],
  [{ code: "ECONNRESET", message: "aborted" }, "network"],
  [{ code: "ECONNREFUSED" }, "network"],
  [{ code: "ENOTFOUND" }, "network"],
  [{ code: "EAI_AGAIN" }, "network"],
  [{ code: "ENETUNREACH" }, "network"],
  [{ code: "EHOSTUNREACH" }, "network"],
  [{ code: "ETIMEDOUT" }, "network"],
  [{ code: "EPIPE" }, "network"],
  [{ name: "TimeoutError", message: "the request socket did not establish a connection" }, "network"],
  [{ name: "TimeoutError", message: "the request socket timed out after 330000 ms of inactivity" }, "timeout_idle"],
  [{ message: "Truncated event message received.", status: 200 }, "protocol"],
  [{ message: "The message checksum (1) did not match the calculated one (2)" }, "protocol"],
  [{ name: "SyntaxError", message: "Unexpected token '<', \"<html>\" is not valid JSON", status: 302 }, "protocol"],
  [{ code: "HPE_INVALID_CONSTANT", message: "Parse Error: Expected HTTP/" }, "protocol"],
  [{ name: "ValidationException", status: 400, message: "Input is too long for requested model." }, "context_overflow"],
  [
    { name: "validationException", message: "input length and `max_tokens` exceed context limit: 1 + 2 > 3" },
    "context_overflow",
  ],
  [{ name: "ValidationException", message: "too many total text bytes: 1 > 2" }, "context_overflow"],
  [{ name: "ValidationException", message: "prompt is too long: 9 tokens > 8 maximum" }, "context_overflow"],
  [{ name: "Unknown", status: 400, message: "This model's maximum context length is 8192 tokens" }, "context_overflow"],
  [
    { name: "ValidationException", status: 400, message: "This model doesn't support tool use in streaming mode." },
    "feature_unsupported",
  ],
  [
    {
      name: "ValidationException",
      status: 400,
      message: "#/toolConfig/tools/0: extraneous key [cachePoint] is not permitted",
    },
    "feature_unsupported",
  ],
  [
    { name: "ValidationException", status: 400, message: "The text field at messages.0.content.0 is blank." },
    "validation",
  ],
  [{ name: "Unknown", status: 400, message: "bad" }, "validation", "gateway"],
  [{ name: "ExpiredTokenException", status: 403 }, "auth"],
  [{ name: "UnrecognizedClientException", status: 403 }, "auth"],
  [{ name: "InvalidSignatureException", status: 403 }, "auth"],
  [{ name: "CredentialsProviderError", message: "Could not load credentials from any providers" }, "credentials"],
  [{ name: "AccessDeniedException", status: 403 }, "access_denied"],
  [{ name: "Unknown", status: 401, message: "No API key found in request" }, "access_denied", "gateway"],
  [{ name: "Unknown", status: 403, message: "Forbidden" }, "access_denied", "gateway"],
  [{ name: "ResourceNotFoundException", status: 404 }, "not_found"],
  [{ name: "Unknown", status: 404, message: "no Route matched with those values" }, "not_found", "gateway"],
  [{ name: "ServiceQuotaExceededException", status: 400 }, "quota"],
  [{ name: "SyntaxError", status: 407, message: "Unexpected token '<'" }, "proxy_auth"],
  [{ code: "DEPTH_ZERO_SELF_SIGNED_CERT" }, "tls"],
  [{ code: "SELF_SIGNED_CERT_IN_CHAIN" }, "tls"],
  [{ code: "UNABLE_TO_GET_ISSUER_CERT_LOCALLY" }, "tls"],
  [{ code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }, "tls"],
  [{ code: "CERT_HAS_EXPIRED" }, "tls"],
  [{ code: "ERR_TLS_CERT_ALTNAME_INVALID" }, "tls"],
  [{ message: "Region is missing" }, "configuration"],
  [{ message: "something new" }, "unknown"],
];

describe("classifyError", () => {
  for (const [shape, kind, atGateway = kind] of cases) {
    it(`takes ${JSON.stringify(shape)} for ${kind}`, () => {
      assert.equal(classifyError(thrown(shape), aws).kind, kind);
      assert.equal(classifyError(thrown(shape), gateway).kind, atGateway);
    });
  }

  it("says what happened with which model and where, with the detail and the request id apart", () => {
    const error = Object.assign(new Error("Too many requests"), {
      name: "ThrottlingException",
      $metadata: { httpStatusCode: 429, requestId: "r-1" },
      $response: { headers: { "retry-after": "7" } },
    });
    const { error: shown, retry, cause } = classifyError(error, aws);
    assert.deepEqual(shown, {
      kind: "throttled",
      message: "Throttled by Bedrock (m-1, eu-west-1).",
      detail: "Too many requests",
      requestId: "r-1",
      httpStatus: 429,
      actions: ["retry", "select-model"],
    });
    assert.deepEqual(retry, { most: 8, baseMs: 2_000, afterMs: 7_000 });
    assert.equal(cause, error);
  });

  it("names the host of an endpoint where one is set, and keeps its address for the details", () => {
    const { error } = classifyError(thrown({ code: "ECONNREFUSED" }), { ...gateway, elapsedMs: 12 });
    assert.equal(
      error.message,
      "Bedrock could not be reached (ECONNREFUSED): check the connection, the endpoint and http.proxy (m-1, localhost:8000, eu-west-1).",
    );
    assert.deepEqual([error.endpoint, error.elapsedMs], ["http://localhost:8000", 12]);
  });

  it("names the demo model as what it is", () => {
    const demo = { ...aws, endpoint: "http://demo.invalid" };
    assert.equal(
      classifyError(thrown({ status: 503 }), demo).error.message,
      "Bedrock had an internal error (demo model).",
    );
  });

  it("shows no password of an endpoint", () => {
    const place = { ...aws, endpoint: "https://me:secret@gateway.example" };
    const { error, record } = classifyError(thrown({ code: "ECONNRESET" }), place);
    assert.equal(error.message, "The connection broke (m-1, gateway.example, eu-west-1).");
    assert.equal(error.endpoint, "https://[redacted]@gateway.example");
    assert.equal(record?.endpoint, "https://[redacted]@gateway.example");
  });

  it("gives an error in mid-stream the request id of its response", () => {
    const { error } = classifyError(thrown({ name: "throttlingException" }), { ...aws, requestId: "r-2" });
    assert.equal(error.requestId, "r-2");
  });

  it("retries only what may pass, and what is the user's to mend never", () => {
    const most = (shape: Shape) => classifyError(thrown(shape), aws).retry.most;
    assert.deepEqual(
      [
        most({ name: "ThrottlingException" }),
        most({ name: "InternalServerException" }),
        most({ code: "ECONNRESET" }),
        most({ name: "ModelErrorException" }),
        most({ name: "ModelErrorException", message: "invalid sequence as part of ToolUse" }),
        most({ name: "ValidationException" }),
        most({ name: "AccessDeniedException" }),
        most({ name: "CredentialsProviderError" }),
        most({ message: "something new" }),
      ],
      [8, 8, 3, 2, 1, 0, 0, 1, 0],
    );
  });

  it("leaves an error alone that is classified already", () => {
    const error = modelError("credentials");
    assert.equal(classifyError(error, aws), error);
  });
});

describe("endedEarly", () => {
  it("tells a stream that was cut from one that was empty", () => {
    const cut = endedEarly(3, { ...aws, requestId: "r-3" });
    assert.deepEqual(cut.error, {
      kind: "truncated_stream",
      message: "The connection ended before the answer was complete (m-1, eu-west-1).",
      detail: "The stream ended after 3 events, without messageStop.",
      requestId: "r-3",
      actions: ["retry"],
    });
    assert.equal(endedEarly(0, aws).kind, "empty_stream");
    assert.deepEqual([cut.retry.most, endedEarly(0, aws).retry.most], [2, 2]);
  });
});

const closed = "Nothing came for 60 s; Outcrop closed the connection.";

describe("timedOut", () => {
  it("tells the wait for the first event from a stall", () => {
    const phases = ["first-byte", "thinking", "text", "tool-input"] as const;
    assert.deepEqual(
      phases.map((phase) => {
        const { error, retry } = timedOut(phase, 60_000, aws);
        return [error.kind, error.message, error.detail, retry.most];
      }),
      [
        ["timeout_first_byte", "No answer began in time (m-1, eu-west-1).", closed, 1],
        ["timeout_idle", "The answer stalled while the model was thinking (m-1, eu-west-1).", closed, 1],
        ["timeout_idle", "The answer stalled (m-1, eu-west-1).", closed, 1],
        ["timeout_idle", "The answer stalled in a tool call (m-1, eu-west-1).", closed, 1],
      ],
    );
  });
});
