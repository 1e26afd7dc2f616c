import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { isModelError } from "../../src/agent/model.ts";
import { textReply } from "../../src/emulator/replies.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { modelId, nameOf, openWire, textOf, transports, useOwnEnvironment, type Wire } from "../support/wire-call.ts";

useOwnEnvironment();

const arns = [
  "arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0",
  "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/k3x9q2m7v1ab",
  "arn:aws:bedrock:us-east-1:111122223333:provisioned-model/my-model",
  "arn:aws:bedrock:us-east-1:111122223333:default-prompt-router/anthropic.claude:1",
];

for (const transport of transports) {
  const open = (test: TestContext, options = {}): Promise<Wire> =>
    openWire(test, transport, () => textReply("Hello."), options);

  describe(`the client over ${nameOf(transport)}`, () => {
    it("B1.1 B1.2 streams over HTTP/1.1", async (test) => {
      const wire = await open(test);
      assert.equal(textOf((await wire.call()).events), "Hello.");
      assert.deepEqual(
        wire.emulator.requests.map(({ httpVersion }) => httpVersion),
        ["1.1"],
      );
    });

    it("B1.3 uses one connection for turns in a row", async (test) => {
      const wire = await open(test);
      for (let turn = 0; turn < 3; turn++) assert.equal((await wire.call()).error, undefined);
      assert.equal(wire.emulator.connectionCount, 1);
    });

    it("B1.4 a kept connection that the server has closed costs one silent retry at most", async (test) => {
      const wire = await open(test);
      const relay = await startRelay(test, wire.emulator.port);
      const endpoint = `${new URL(wire.emulator.url).protocol}//127.0.0.1:${relay.port}`;
      assert.equal((await wire.call({ endpoint })).error, undefined);
      relay.dropAll();
      const next = await wire.call({ endpoint });
      if (next.error !== undefined) {
        assert.deepEqual([next.error.kind, next.error.retry.silentFirst], ["network", true]);
        assert.equal((await wire.call({ endpoint })).error, undefined);
      }
      assert.equal(relay.opened(), 2);
    });

    for (const end of ["", "/", "//"]) {
      it(`B1.5 keeps the base path of an endpoint that ends in "${end}"`, async (test) => {
        const wire = await open(test, { basePath: "/base" });
        assert.equal((await wire.call({ endpoint: `${wire.emulator.url}${end}` })).error, undefined);
        const [request] = wire.emulator.requests;
        assert.equal(request?.path, `/base/model/${encodeURIComponent(modelId)}/converse-stream`);
      });
    }

    for (const arn of arns) {
      it(`B1.6 sends ${arn} percent-encoded and untouched`, async (test) => {
        const wire = await open(test);
        assert.equal((await wire.call({ modelId: arn })).error, undefined);
        assert.equal(wire.emulator.requests[0]?.path, `/model/${encodeURIComponent(arn)}/converse-stream`);
      });
    }

    it("B1.7 a blank model and a bad endpoint are refused, and nothing is sent", async (test) => {
      const wire = await open(test);
      for (const [own, action] of [
        [{ modelId: " \n" }, "select-model"],
        [{ endpoint: "localhost:8000" }, "open-settings"],
      ] as const) {
        assert.throws(
          () => wire.pool.model({ ...wire.settings, ...own }),
          (error) => isModelError(error) && error.kind === "configuration" && error.error.actions.includes(action),
        );
      }
      assert.equal(wire.emulator.requests.length, 0);
    });

    it("B1.7 a missing region says where to set it, and nothing is sent", async (test) => {
      const wire = await open(test);
      const own = { region: undefined, endpoint: undefined, profile: undefined };
      const { kind, error, retry } = await wire.fail(own);
      assert.deepEqual([kind, retry.most, error.actions], ["configuration", 0, ["open-settings", "retry"]]);
      assert.match(error.message, /^No AWS region is set: set outcrop\.region, AWS_REGION or the profile's region \(/);
    });

    it("B1.8 an API key in the environment does not replace the profile that was chosen", async (test) => {
      const wire = await open(test);
      const folder = await temporaryFolder(test);
      await writeFile(join(folder, "c"), "[work]\naws_access_key_id = AKIDWORK\naws_secret_access_key = secret\n");
      process.env["AWS_SHARED_CREDENTIALS_FILE"] = join(folder, "c");
      process.env["AWS_BEARER_TOKEN_BEDROCK"] = "api-key-1";
      test.after(useOwnEnvironment);
      assert.equal((await wire.call({ profile: "work" })).error, undefined);
      assert.match(
        wire.emulator.requests[0]?.headers["authorization"] ?? "",
        /^AWS4-HMAC-SHA256 Credential=AKIDWORK\//,
      );
    });

    it("B1.9 an API key goes out as bearer token where there are no AWS credentials", async (test) => {
      const wire = await open(test);
      process.env["AWS_BEARER_TOKEN_BEDROCK"] = "api-key-1";
      test.after(useOwnEnvironment);
      assert.equal((await wire.call()).error, undefined);
      assert.equal(wire.emulator.requests[0]?.headers["authorization"], "Bearer api-key-1");
    });

    it("B1.13 changed settings take a new client, a running turn ends on the old one", async (test) => {
      const wire = await openWire(test, transport, () => ({ text: ["One ", "two ", "three."], tokensPerSecond: 40 }));
      const changed = { ...wire.settings, idleMs: 20_000 };
      const stream = wire.pool.model(wire.settings).converseStream(hello, new AbortController().signal);
      const running = stream[Symbol.asyncIterator]();
      await running.next();
      assert.equal(textOf((await wire.call(changed)).events), "One two three.");
      let rest = "";
      for (let next = await running.next(); !next.done; next = await running.next()) rest += textOf([next.value]);
      assert.equal(rest, "One two three.");
      await untilClosed(wire);
      assert.deepEqual(
        wire.emulator.requests.map(({ connection, closedByClient }) => [connection, closedByClient]),
        [
          [1, false],
          [2, false],
        ],
      );
    });
  });
}

const hello = { messages: [{ role: "user" as const, content: [{ text: "Hi" }] }] };

async function untilClosed(wire: Wire): Promise<void> {
  while (wire.emulator.requests.some(({ endedAt }) => endedAt === undefined)) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Passes bytes on to the emulator, and can lose its connections. */
async function startRelay(test: TestContext, to: number) {
  const sockets: Socket[] = [];
  const server = createServer((client) => {
    const upstream = connect(to, "127.0.0.1");
    sockets.push(client);
    client.pipe(upstream).pipe(client);
    client.on("error", () => upstream.destroy());
    upstream.on("error", () => client.destroy());
    client.on("close", () => upstream.destroy());
  });
  const dropAll = (): void => sockets.forEach((socket) => void socket.destroy());
  test.after(() => {
    dropAll();
    server.close();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { port, dropAll, opened: () => sockets.length };
}
