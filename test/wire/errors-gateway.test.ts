import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import { httpErrorReply, textReply } from "../../src/emulator/replies.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { makeSelfSigned } from "../support/self-signed.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { nameOf, openWire, textOf, transports, useOwnEnvironment, type Wire } from "../support/wire-call.ts";

useOwnEnvironment();

const html = (status: number): Reply => ({ fault: { kind: "http-error", status, shape: "html", message: "Sorry" } });
const kong = (status: number, message: string): Reply => ({
  fault: { kind: "http-error", status, shape: "gateway", message },
});
const liteLlm: Reply = {
  fault: {
    kind: "http-error",
    status: 401,
    shape: "html",
    headers: { "content-type": "application/json", "x-litellm-version": "1.77" },
    body: '{"error":{"message":"Authentication Error, Invalid proxy server token passed: sk-1234567890abcdef","code":"401"}}',
  },
};

/** The answer, its kind, the words before the place, and the detail. */
const answers: readonly (readonly [string, Reply, string, string, string])[] = [
  [
    "Kong 401",
    kong(401, "No API key found in request"),
    "gateway",
    "Kong refused the request with status 401: check outcrop.requestHeaders and outcrop.authentication",
    "No API key found in request",
  ],
  [
    "Kong 403",
    kong(403, "You cannot consume this service"),
    "gateway",
    "Kong refused the request with status 403: check outcrop.requestHeaders and outcrop.authentication",
    "You cannot consume this service",
  ],
  [
    "Kong 404",
    kong(404, "no Route matched with those values"),
    "gateway",
    "Kong refused the request with status 404: it has no route for the path of outcrop.endpoint",
    "no Route matched with those values",
  ],
  [
    "Kong 502",
    kong(502, "An invalid response was received from the upstream server"),
    "server",
    "Kong answered with status 502",
    "An invalid response was received from the upstream server",
  ],
  [
    "LiteLLM 401",
    liteLlm,
    "gateway",
    "LiteLLM refused the request with status 401: check outcrop.requestHeaders and outcrop.authentication",
    "Authentication Error, Invalid proxy server token passed: [redacted]",
  ],
  [
    "HTML 404",
    html(404),
    "gateway",
    "The gateway refused the request with status 404: there is nothing at the path of outcrop.endpoint",
    "text/html: 404 Sorry",
  ],
  ["HTML 502", html(502), "server", "The gateway answered with status 502", "text/html: 502 Sorry"],
  [
    "HTML 413",
    html(413),
    "gateway",
    "The gateway refused the request with status 413: the request is larger than it lets through (nginx: client_max_body_size)",
    "text/html: 413 Sorry",
  ],
];

const notAStream = {
  json: "The endpoint answered with JSON, not with a Bedrock event stream: set llm_format to bedrock in the gateway, and check the path of outcrop.endpoint",
  sse: "The endpoint answered with server-sent events, not with a Bedrock event stream: set llm_format to bedrock in the gateway",
  html: "The endpoint answered with a web page, not with a Bedrock event stream: a sign-in page, or a wrong address in outcrop.endpoint",
};

/** Where the call went, as the sentence names it; the whole address is among the details. */
function placeOf({ settings, emulator }: Wire): string {
  return `(${settings.modelId}, ${new URL(emulator.url).host}, us-east-1)`;
}

for (const transport of transports) {
  describe(`gateways, proxies and sign-in over ${nameOf(transport)}`, () => {
    for (const [name, reply, kind, says, detail] of answers) {
      it(`B4.71 ${name} is told as the gateway's, with the endpoint`, async (test) => {
        const wire = await openWire(test, transport, [reply]);
        const { error } = await wire.fail();
        const message = `${says} ${placeOf(wire)}.`;
        assert.deepEqual(
          [error.kind, error.message, error.detail, error.endpoint],
          [kind, message, detail, wire.emulator.url],
        );
      });
    }

    for (const body of ["json", "sse", "html"] as const) {
      it(`B4.71 status 200 with ${body} is no event stream, and says what may be wrong`, async (test) => {
        const wire = await openWire(test, transport, [{ fault: { kind: "wrong-body", body } }]);
        const { error, retry } = await wire.fail();
        assert.deepEqual([error.kind, retry.most], ["protocol", 0]);
        assert.equal(error.message, `${notAStream[body]} ${placeOf(wire)}.`);
        assert.match(error.detail ?? "", /^(application\/json: \{"id"|text\/event-stream: data:|text\/html: Sign in$)/);
      });
    }

    it("B4.71 frames under a wrong content type are read all the same", async (test) => {
      const wire = await openWire(test, transport, [textReply("Hi.")]);
      const headers = { "content-type": "application/json" };
      const send = transport === "tls" ? httpsRequest : httpRequest;
      const relay = createServer((request, response) => {
        const upstream = send(`${wire.emulator.url}${request.url}`, { method: "POST", headers });
        upstream.on("response", (answer) => void answer.pipe(response.writeHead(200, headers)));
        request.pipe(upstream);
      });
      relay.listen(0, "127.0.0.1");
      await once(relay, "listening");
      test.after(() => relay.close());
      const address = relay.address();
      const port = typeof address === "object" ? address?.port : 0;
      const { events, error } = await wire.call({ endpoint: `http://127.0.0.1:${port}` });
      assert.deepEqual([textOf(events), error], ["Hi.", undefined]);
    });

    it("B4.72 a proxy that asks for a sign-in names http.proxy", async (test) => {
      const { error } = await (await openWire(test, transport, [html(407)])).fail();
      assert.equal(error.kind, "proxy_auth");
      assert.match(error.message, /^The proxy asks for a sign-in: check http\.proxy in the settings \(/);
    });

    it("B4.72 a certificate that is not trusted names the CA, http.proxy and http.proxyStrictSSL", async (test) => {
      const wire = await openWire(test, transport, [textReply("Hi.")]);
      const stranger = await startEmulator({ script: { replies: [textReply("Hi.")] }, tls: makeSelfSigned() });
      test.after(() => stranger.close());
      const { error, retry } = await wire.fail({ endpoint: stranger.url });
      assert.deepEqual([error.kind, retry.most, stranger.requests.length], ["tls", 0, 0]);
      assert.match(error.message, /not trusted: install the CA .* http\.proxy and http\.proxyStrictSSL/);
    });

    it("B4.69 a wrong clock that the SDK has set right leads to one retry at once, with the right time", async (test) => {
      const hour = 3_600_000;
      const headers = { date: new Date(Date.now() - hour).toUTCString() };
      const skewed: Reply = {
        fault: {
          kind: "http-error",
          status: 403,
          type: "InvalidSignatureException",
          message: "Signature not yet current",
          headers,
        },
      };
      const wire = await openWire(test, transport, [skewed, textReply("Hi.")]);
      useKeys(test);
      const { kind, retry, error } = await wire.fail();
      assert.deepEqual([kind, retry], ["auth", { most: 1, baseMs: 0, silentFirst: true }]);
      assert.match(error.message, /^This computer's clock differs from that of AWS/);
      assert.equal(textOf((await wire.call()).events), "Hi.");
      const signedAt = wire.emulator.requests.map(({ headers: sent }) => amzTime(sent["x-amz-date"] ?? ""));
      const set = (signedAt[0] ?? 0) - (signedAt[1] ?? 0);
      assert.ok(Math.abs(set - hour) < 10_000, `the clock was set back by ${set} ms`);
    });

    for (const type of ["ExpiredTokenException", "UnrecognizedClientException"]) {
      it(`B4.70 after ${type} the credentials are loaded anew, once`, async (test) => {
        const wire = await openWire(test, transport, [
          httpErrorReply(403, type, "The token has expired"),
          textReply("Hi."),
        ]);
        const profile = await writeProfile(test, "AKIDOLD");
        const { kind, retry, error } = await wire.fail({ profile: "work" });
        assert.deepEqual([kind, retry], ["auth", { most: 1, baseMs: 0, silentFirst: true }]);
        assert.ok(error.actions.includes("open-settings"));
        await profile.write("AKIDNEW");
        assert.equal(textOf((await wire.call({ profile: "work" })).events), "Hi.");
        const keys = wire.emulator.requests.map(
          ({ headers }) => /Credential=(\w+)/.exec(headers["authorization"] ?? "")?.[1],
        );
        assert.deepEqual(keys, ["AKIDOLD", "AKIDNEW"]);
      });
    }

    it("B4.70 an SSO session that has ended says how to sign in, and nothing is sent", async (test) => {
      const wire = await openWire(test, transport, [textReply("Hi.")]);
      const lines = ["[profile dev]", "sso_session = corp", "sso_account_id = 111122223333", "sso_role_name = dev"];
      const session = ["[sso-session corp]", "sso_region = us-east-1", "sso_start_url = https://corp.example/start"];
      await writeProfile(test, "AKIDOTHER", [...lines, ...session].join("\n"));
      const { kind, error } = await wire.fail({ profile: "dev" });
      assert.deepEqual([kind, wire.emulator.requests.length], ["credentials", 0]);
      assert.match(error.message, /^The IAM Identity Center session of the profile dev has ended: sign in again \(/);
    });

    it("B4.70 a profile that does not exist is named, and nothing is sent", async (test) => {
      const wire = await openWire(test, transport, [textReply("Hi.")]);
      await writeProfile(test, "AKIDOTHER");
      const { kind, retry, error } = await wire.fail({ profile: "gone" });
      assert.deepEqual([kind, retry.most, wire.emulator.requests.length], ["credentials", 0, 0]);
      assert.match(error.message, /^The AWS profile gone was not found or has no credentials \(/);
    });
  });
}

/** Keys in the environment, until the test ends. */
function useKeys(test: TestContext): void {
  process.env["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
  process.env["AWS_SECRET_ACCESS_KEY"] = "secret";
  test.after(useOwnEnvironment);
}

/** A `work` profile with this key, and further lines of the configuration, in files of the test's own. */
async function writeProfile(test: TestContext, key: string, config = "") {
  const folder = await temporaryFolder(test);
  const home = process.env["HOME"];
  const credentials = join(folder, "credentials");
  const write = (accessKey: string): Promise<void> =>
    writeFile(credentials, `[work]\naws_access_key_id = ${accessKey}\naws_secret_access_key = secret\n`);
  await mkdir(join(folder, ".aws"));
  await write(key);
  await writeFile(join(folder, "config"), config);
  process.env["AWS_SHARED_CREDENTIALS_FILE"] = credentials;
  process.env["AWS_CONFIG_FILE"] = join(folder, "config");
  process.env["HOME"] = folder;
  test.after(() => {
    useOwnEnvironment();
    if (home !== undefined) process.env["HOME"] = home;
  });
  return { write };
}

/** `20260101T120000Z` as milliseconds since the epoch. */
function amzTime(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}
