import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { isModelError } from "../../src/agent/model.ts";
import type { BedrockSettings } from "../../src/bedrock/bedrock-settings.ts";
import { exceptionReply, httpErrorReply, textReply } from "../../src/emulator/replies.ts";
import type { Responder } from "../../src/emulator/responder.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { fakeTiming } from "../support/fake-timing.ts";
import { answeringTool } from "../support/fake-tool.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { nameOf, openWire, textOf, transports, useOwnEnvironment } from "../support/wire-call.ts";
import { openWireTurns } from "../support/wire-session.ts";

useOwnEnvironment();

const requestHeaders = { "X-Team": "search", Authorization: "Bearer gateway-canary" };
const gateway: Partial<BedrockSettings> = { authentication: "none", requestHeaders };

/** Fails in every way that leads to another request, then refuses to stream, and answers as a whole at last. */
function troubledResponder(): Responder {
  const failures: Reply[] = [
    httpErrorReply(429, "ThrottlingException", "Too many requests"),
    httpErrorReply(500, "InternalServerException", "Internal"),
    exceptionReply("modelStreamErrorException", "The model failed.", 1),
    { text: "Half an answer.", fault: { kind: "reset", afterEvents: 2 } },
    httpErrorReply(400, "ValidationException", "This model doesn't support tool use in streaming mode."),
  ];
  return ({ operation }) =>
    failures.shift() ?? (operation === "converse" ? textReply("Done.") : httpErrorReply(500, "Late", "Not this way"));
}

/** Secrets wherever the SDK looks for them, and a program that would give more; answers with what tells of a look. */
async function plantSecrets(
  test: TestContext,
): Promise<{ readonly secrets: readonly string[]; readonly trace: string }> {
  const folder = await temporaryFolder(test);
  const trace = join(folder, "was-asked");
  const [credentials, config] = [join(folder, "credentials"), join(folder, "config")];
  const keys = (of: string): string =>
    `aws_access_key_id = AKIACANARY${of}\naws_secret_access_key = secret-canary-${of}\naws_session_token = session-canary-${of}\n`;
  await writeFile(credentials, `[default]\n${keys("DEFAULT")}[work]\n${keys("WORK")}`);
  const program = `credential_process = sh -c 'touch "${trace}"'`;
  await writeFile(
    config,
    `[default]\nregion = eu-north-1\n${program}\n[profile work]\nregion = eu-north-1\n${program}\n`,
  );
  Object.assign(process.env, {
    AWS_SHARED_CREDENTIALS_FILE: credentials,
    AWS_CONFIG_FILE: config,
    AWS_ACCESS_KEY_ID: "AKIACANARYENVIRONMENT",
    AWS_SECRET_ACCESS_KEY: "secret-canary-environment",
    AWS_SESSION_TOKEN: "session-canary-environment",
    AWS_BEARER_TOKEN_BEDROCK: "api-key-canary",
  });
  test.after(useOwnEnvironment);
  return { secrets: ["AKIACANARY", "secret-canary", "session-canary", "api-key-canary"], trace };
}

for (const transport of transports) {
  describe(`a gateway over ${nameOf(transport)}`, () => {
    for (const [name, profile] of [
      ["no profile", undefined],
      ["a profile", "work"],
    ] as const) {
      it(`B1.10 no AWS secret leaves and every attempt has the headers: ${name}`, async (test) => {
        const { secrets, trace } = await plantSecrets(test);
        const turns = await openWireTurns(test, transport, troubledResponder(), {
          settings: { ...gateway, profile, region: undefined },
          tools: [answeringTool("look", "Nothing.")],
          timing: fakeTiming(),
          retries: 8,
        });
        const outcome = await turns.session.send({ text: "Hello", attachments: [] });
        assert.deepEqual(outcome, { kind: "completed" });
        const { requests } = turns.emulator;
        assert.deepEqual(
          requests.map(({ path }) => path.split("/").at(-1)),
          [...Array.from({ length: 5 }, () => "converse-stream"), "converse"],
        );
        for (const { headers } of requests) {
          assert.deepEqual([headers["x-team"], headers["authorization"]], ["search", "Bearer gateway-canary"]);
          assert.deepEqual(
            Object.keys(headers).filter((name) => /^x-amz-(?!user-agent)/.test(name)),
            [],
          );
        }
        const received = JSON.stringify(requests);
        for (const secret of secrets) assert.ok(!received.includes(secret), secret);
        assert.equal(existsSync(trace), false);
      });
    }

    it("B1.10 the planted secrets are ones that the SDK finds where it is let", async (test) => {
      const { secrets } = await plantSecrets(test);
      const wire = await openWire(test, transport, () => textReply("Hi."));
      for (const own of [{ authentication: "aws" }, { authentication: "aws", profile: "work" }, {}] as const) {
        assert.equal((await wire.call({ region: undefined, ...own })).error, undefined);
      }
      const sent = wire.emulator.requests.map(({ headers }) => JSON.stringify(headers));
      assert.deepEqual(
        sent.map((headers) => secrets.filter((secret) => headers.includes(secret))),
        [["AKIACANARY", "session-canary"], ["AKIACANARY", "session-canary"], ["api-key-canary"]],
      );
    });

    it("B1.10 headers are signed with the rest where requests are signed", async (test) => {
      const credentials = { accessKeyId: "AKIDOWN", secretAccessKey: "own secret" };
      const wire = await openWire(test, transport, () => textReply("Hi."), { credentials });
      Object.assign(process.env, { AWS_ACCESS_KEY_ID: "AKIDOWN", AWS_SECRET_ACCESS_KEY: "own secret" });
      test.after(useOwnEnvironment);
      const { events, error } = await wire.call({ requestHeaders: { "X-Team": "search  and more" } });
      assert.deepEqual([textOf(events), error], ["Hi.", undefined]);
      const [request] = wire.emulator.requests;
      assert.match(request?.headers["authorization"] ?? "", /SignedHeaders=\S*;x-team,/);
    });

    it("B1.10 what a gateway says of a header's value is not shown", async (test) => {
      const wire = await openWire(test, transport, [
        httpErrorReply(401, "Unauthorized", "gateway-canary is no key; Bearer gateway-canary neither"),
      ]);
      const { error } = await wire.fail(gateway);
      assert.equal(error.detail, "[redacted] is no key; [redacted] neither");
    });

    it("B1.10 the API key alone is used where that is what was chosen, and its absence is told", async (test) => {
      const wire = await openWire(test, transport, () => textReply("Hi."));
      await plantSecrets(test);
      assert.equal((await wire.call({ authentication: "apiKey", profile: "work" })).error, undefined);
      assert.equal(wire.emulator.requests[0]?.headers["authorization"], "Bearer api-key-canary");
      delete process.env["AWS_BEARER_TOKEN_BEDROCK"];
      assert.throws(
        () => wire.pool.model({ ...wire.settings, authentication: "apiKey", idleMs: 9_000 }),
        (error) => isModelError(error) && /AWS_BEARER_TOKEN_BEDROCK/.test(error.message),
      );
      assert.equal(wire.emulator.requests.length, 1);
    });

    it("B1.10 requests to AWS itself are never left unsigned", async (test) => {
      const wire = await openWire(test, transport, () => textReply("Hi."));
      for (const endpoint of [undefined, "https://bedrock-runtime.eu-central-1.amazonaws.com"]) {
        assert.throws(
          () => wire.pool.model({ ...wire.settings, ...gateway, endpoint }),
          (error) => isModelError(error) && error.kind === "configuration" && /outcrop.endpoint/.test(error.message),
        );
      }
    });
  });
}
