import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { textReply } from "../../src/emulator/replies.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { makePrivateAuthority } from "../support/private-authority.ts";
import { makeSelfSigned, trust } from "../support/self-signed.ts";
import { serve } from "../support/serve.ts";
import { nameOf, openWire, transports, useOwnEnvironment } from "../support/wire-call.ts";

useOwnEnvironment();

const stranger = makeSelfSigned();
const elsewhere = makePrivateAuthority();
trust({ cert: elsewhere.ca, key: "" });

const redirect: Reply = {
  fault: {
    kind: "http-error",
    status: 302,
    shape: "html",
    headers: { location: "https://sso.corp.example/login?token=canary-in-query#canary-behind" },
    body: "<html><head><title>302 Found</title></head></html>",
  },
};
/** Kong's own words (kong/llm/plugin/shared-filters/normalize-request.lua), and how the sentence begins. */
const kongsWords: readonly (readonly [string, string])[] = [
  [
    "cannot use own model - must be: cohere.command-r-v1:0",
    "The gateway takes no other model than its own: set outcrop.model to cohere.command-r-v1:0, or leave it empty and turn on outcrop.gatewayDecidesModel (",
  ],
  [
    "model parameter not found in request, nor in gateway configuration",
    "The gateway names no model itself: set outcrop.model, and turn off outcrop.gatewayDecidesModel (",
  ],
  [
    "content-type header does not match request body, or bad JSON formatting",
    "The gateway did not read the whole request: raise max_request_body_size of its AI plugin (",
  ],
  [
    "response streaming is not enabled for this LLM",
    "The gateway does not let answers stream: set response_streaming to allow (",
  ],
];

function kong(message: string): Reply {
  const body = JSON.stringify({ error: { message } });
  return { fault: { kind: "http-error", status: 400, shape: "gateway", body } };
}
const whole = '{"output":{"message":{"role":"assistant","content":[{"text":"Hello"}]}},"stopReason":"end_turn"}';

for (const transport of transports) {
  describe(`what can be wrong on the way over ${nameOf(transport)}`, () => {
    it("a redirect is named with where it leads, and not followed", async (test) => {
      const wire = await openWire(test, transport, [redirect]);
      const { error, retry } = await wire.fail();
      assert.match(
        error.message,
        /^The endpoint redirects to https:\/\/sso\.corp\.example\/login, which is not followed: set outcrop\.endpoint /,
      );
      assert.deepEqual([error.kind, retry.most, wire.emulator.requests.length], ["gateway", 0, 1]);
      assert.ok(!JSON.stringify(error).includes("canary"));
    });

    for (const [message, sentence] of kongsWords) {
      it(`what helps is said of Kong's "${message}"`, async (test) => {
        const { error, retry } = await (await openWire(test, transport, [kong(message)])).fail();
        assert.deepEqual([error.kind, retry.most, error.detail], ["gateway", 0, message]);
        assert.ok(error.message.startsWith(sentence), error.message);
        assert.ok(error.actions.includes("open-settings"));
      });
    }
  });
}

describe("what can be wrong with a server that is no emulator", () => {
  it("a gateway that answers as a whole is told from one of another format", async (test) => {
    const url = await serve(test, (_, response) => {
      response.writeHead(200, { "content-type": "application/json" }).end(whole);
    });
    const { error } = await fail(test, url);
    assert.equal(error.kind, "protocol");
    assert.match(
      error.message,
      /^The endpoint answered as a whole where a stream was asked for: let the gateway stream/,
    );
  });

  it("https to a port without TLS says that http:// may be meant", async (test) => {
    const url = await serve(test, () => undefined);
    const { error, retry } = await fail(test, url.replace("http:", "https:"));
    assert.match(
      error.message,
      /^The endpoint does not speak TLS at this port: its address may have to begin with http:/,
    );
    assert.deepEqual([error.kind, retry.most], ["tls", 0]);
  });

  it("http to a port with TLS says that https:// is meant, where the server tells", async (test) => {
    const page = "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>";
    const url = await serve(test, (_, response) => {
      response.writeHead(400, { "content-type": "text/html" }).end(page);
    });
    const { error } = await fail(test, url);
    assert.match(error.message, /^The gateway refused the request with status 400: its address must begin with https:/);
  });

  it("a certificate for another host is told as that, not as one without an authority", async (test) => {
    const url = await serve(test, () => undefined, elsewhere.server);
    const { error } = await fail(test, url.replace("127.0.0.1", "127.0.0.2"));
    assert.equal(error.kind, "tls");
    assert.match(
      error.message,
      /^The certificate of the endpoint is for another host: check the address in outcrop\.endpoint/,
    );
  });

  it("one of an unknown authority names outcrop.caBundle", async (test) => {
    const { error } = await fail(test, await serve(test, () => undefined, stranger));
    assert.match(error.message, /not trusted: install the CA .* name its file in outcrop\.caBundle/);
  });
});

async function fail(test: TestContext, endpoint: string) {
  return (await openWire(test, "plain", () => textReply("Hi."))).fail({ endpoint });
}
