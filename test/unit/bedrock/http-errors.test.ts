import assert from "node:assert/strict";
import { createServer } from "node:http";
import { describe, it, type TestContext } from "node:test";
import { isModelError } from "../../../src/agent/model.ts";
import { ClientPool } from "../../../src/bedrock/client-pool.ts";
import type { TurnError } from "../../../src/protocol/turn-error.ts";

process.env["AWS_EC2_METADATA_DISABLED"] = "true";
process.env["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
process.env["AWS_SECRET_ACCESS_KEY"] = "secret";
delete process.env["AWS_BEARER_TOKEN_BEDROCK"];

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the user reads, without its actions, its time and the endpoint's port, when the real SDK client gets this answer. */
async function errorOf(test: TestContext, { status, headers = {}, body }: Answer) {
  const server = createServer((_, response) => response.writeHead(status, headers).end(body));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const settings = {
    modelId: "m-1",
    region: "us-east-1",
    profile: undefined,
    endpoint: `http://127.0.0.1:${port}`,
    maxTokens: 10,
    firstByteMs: 30_000,
    idleMs: 30_000,
  };
  const pool = new ClientPool();
  test.after(() => {
    pool.close();
    server.close();
  });
  try {
    const stream = pool
      .model(settings)
      .converseStream({ messages: [{ role: "user", content: [{ text: "Hi" }] }] }, new AbortController().signal);
    for await (const _ of stream);
  } catch (error) {
    assert.ok(isModelError(error), String(error));
    const { actions: _, elapsedMs, endpoint, ...shown } = error.error;
    assert.deepEqual([typeof elapsedMs, endpoint], ["number", settings.endpoint]);
    return { ...shown, message: shown.message.replace(String(port), "PORT") };
  }
  return assert.fail("the call did not fail");
}

const html = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n</html>\r\n";
const json = { "content-type": "application/json" };
const where = "(m-1, 127.0.0.1:PORT, us-east-1).";

const cases: readonly (readonly [string, Answer, Omit<TurnError, "actions">])[] = [
  [
    "AWS's own throttling",
    {
      status: 429,
      headers: { ...json, "x-amzn-errortype": "ThrottlingException", "x-amzn-requestid": "r-1" },
      body: '{"message":"Too many tokens, please wait before trying again."}',
    },
    {
      kind: "throttled",
      httpStatus: 429,
      message: `Throttled by Bedrock: too many tokens per minute ${where}`,
      detail: "Too many tokens, please wait before trying again.",
      requestId: "r-1",
    },
  ],
  [
    "an expired token, named in the body",
    { status: 403, headers: json, body: '{"__type":"ExpiredTokenException","message":"The token has expired"}' },
    {
      kind: "auth",
      httpStatus: 403,
      message: `The AWS credentials have expired or are not known to AWS: sign in again ${where}`,
      detail: "The token has expired",
    },
  ],
  [
    "Kong without a route",
    {
      status: 404,
      headers: { ...json, server: "kong/3.10.0" },
      body: '{"message":"no Route matched with those values","request_id":"k"}',
    },
    {
      kind: "gateway",
      httpStatus: 404,
      message: `Kong refused the request with status 404: it has no route for the path of outcrop.endpoint ${where}`,
      detail: "no Route matched with those values",
    },
  ],
  [
    "LiteLLM without a key",
    { status: 401, headers: json, body: '{"error":{"message":"No api key passed in.","code":"401"}}' },
    {
      kind: "gateway",
      httpStatus: 401,
      message: `The gateway refused the request with status 401: check outcrop.requestHeaders and outcrop.authentication ${where}`,
      detail: "No api key passed in.",
    },
  ],
  [
    "an OpenAI-style server whose context is full",
    { status: 400, headers: json, body: '{"error":{"message":"maximum context length is 8192 tokens"}}' },
    {
      kind: "context_overflow",
      httpStatus: 400,
      message: `The conversation is too long for the model ${where}`,
      detail: "maximum context length is 8192 tokens",
    },
  ],
  [
    "a proxy's page",
    { status: 502, headers: { "content-type": "text/html" }, body: html },
    {
      kind: "server",
      httpStatus: 502,
      message: `The gateway answered with status 502 ${where}`,
      detail: "text/html: 502 Bad Gateway",
    },
  ],
  [
    "a page that is no answer at all",
    { status: 200, headers: { "content-type": "text/html" }, body: html },
    {
      kind: "protocol",
      httpStatus: 200,
      message: `The endpoint answered with a web page, not with a Bedrock event stream: a sign-in page, or a wrong address in outcrop.endpoint ${where}`,
      detail: "text/html: 502 Bad Gateway",
    },
  ],
  [
    "an empty answer",
    { status: 200, headers: { "content-type": "application/vnd.amazon.eventstream" }, body: "" },
    {
      kind: "empty_stream",
      message: `Bedrock sent an empty answer ${where}`,
      detail: "The stream ended after 0 events, without messageStop.",
    },
  ],
];

describe("an error that the SDK makes of an HTTP answer", () => {
  for (const [name, answer, expected] of cases) {
    it(`is told to the user as what it is: ${name}`, async (test) => {
      assert.deepEqual(await errorOf(test, answer), expected);
    });
  }
});
