import assert from "node:assert/strict";
import { connect as connectTcp } from "node:net";
import { describe, type TestContext, test } from "node:test";
import { ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { startEmulator } from "../../../src/emulator/emulator-server.ts";
import { faultyReply, httpErrorReply, script, textReply } from "../../../src/emulator/replies.ts";
import { claude, converse, makeWireClient, textOf } from "./client.ts";
import { clientFor, nextAnswered, start } from "./server-scene.ts";

describe("over plain HTTP/1.1", () => {
  test("three requests use one connection and are recorded", async (context) => {
    const { emulator, client } = await clientFor(context, {
      script: script(textReply("one"), textReply("two"), textReply("three")),
    });
    const texts = [textOf(await converse(client)), textOf(await converse(client)), textOf(await converse(client))];
    assert.deepEqual(texts, ["one", "two", "three"]);
    assert.equal(emulator.connectionCount, 1);
    assert.deepEqual(
      emulator.requests.map(({ ordinal, method, path, httpVersion, connection, status, closedByClient, body }) => ({
        ordinal,
        method,
        path,
        httpVersion,
        connection,
        status,
        closedByClient,
        body,
      })),
      [1, 2, 3].map((ordinal) => ({
        ordinal,
        method: "POST",
        path: `/model/${encodeURIComponent(claude)}/converse-stream`,
        httpVersion: "1.1",
        connection: 1,
        status: 200,
        closedByClient: false,
        body: { messages: [{ role: "user", content: [{ text: "Hello" }] }] },
      })),
    );
    const [first] = emulator.requests;
    assert.ok(first?.firstFrameAt !== undefined && first.endedAt !== undefined);
    assert.ok(first.completeAt <= first.firstFrameAt && first.firstFrameAt <= first.endedAt);
  });

  test("the script can be changed while it runs", async (context) => {
    const { emulator, client } = await clientFor(context, { script: script(textReply("old")) });
    emulator.setScript(() => textReply("new"));
    assert.equal(textOf(await converse(client)), "new");
    assert.throws(() => emulator.setScript({ replies: [] }), /not a valid emulator script/u);
  });

  test("one byte at a time gives the same text", async (context) => {
    const { client } = await clientFor(context, {
      script: script({ text: "ein schöner Tag 🌞", chunking: { bytes: 1 } }),
    });
    assert.equal(textOf(await converse(client)), "ein schöner Tag 🌞");
  });

  test("resets and closed connections break the client's stream", async (context) => {
    const { emulator, client } = await clientFor(context, { script: script(textReply("x")) });
    const faults = [
      [{ kind: "reset", beforeHeaders: true }, "TimeoutError ECONNRESET"],
      [{ kind: "reset", afterEvents: 0 }, "Error ECONNRESET"],
      [{ kind: "reset", afterEvents: 3 }, "Error ECONNRESET"],
      [{ kind: "fin", afterEvents: 3 }, "Error ECONNRESET"],
      [{ kind: "fin", afterEvents: 3, midFrame: true }, "Error ECONNRESET"],
    ] as const;
    for (const [fault, expected] of faults) {
      emulator.setScript(() => faultyReply(fault));
      const outcome = await converse(client).then(
        () => "answered",
        (error: Error & { code?: string }) => `${error.name} ${error.code}`,
      );
      assert.equal(outcome, expected, JSON.stringify(fault));
    }
    assert.deepEqual(
      emulator.requests.map(({ closedByClient }) => closedByClient),
      [false, false, false, false, false],
    );
  });

  test("a client that goes in the middle of a stream is noticed and its answer stops", async (context) => {
    const { onAnswered, answered } = nextAnswered();
    const { client } = await clientFor(context, {
      script: () => faultyReply({ kind: "stall", afterEvents: 2 }),
      onAnswered,
    });
    const controller = new AbortController();
    const command = new ConverseStreamCommand({
      modelId: claude,
      messages: [{ role: "user", content: [{ text: "Hi" }] }],
    });
    await client.send(command, { abortSignal: controller.signal });
    controller.abort();
    assert.equal((await answered).closedByClient, true);
  });

  test("an HTTP error has AWS's headers, a gateway's has its own", async (context) => {
    const { emulator } = await clientFor(context, {
      script: script(httpErrorReply(429, "ThrottlingException", "Slow down"), {
        fault: { kind: "http-error", status: 503, shape: "gateway", headers: { "retry-after": "7" } },
      }),
    });
    const ask = () =>
      fetch(`${emulator.url}/model/x/converse-stream`, {
        method: "POST",
        body: '{"messages":[{"role":"user","content":[{"text":"a"}]}]}',
      });
    const throttled = await ask();
    assert.deepEqual(
      [throttled.status, throttled.headers.get("x-amzn-errortype"), await throttled.json()],
      [429, "ThrottlingException", { message: "Slow down" }],
    );
    const unavailable = await ask();
    assert.deepEqual(
      [unavailable.status, unavailable.headers.get("retry-after"), unavailable.headers.get("x-amzn-errortype")],
      [503, "7", null],
    );
  });

  test("a request that a program wrote by hand with an unknown key is refused", async (context) => {
    const emulator = await start(context, { script: () => textReply("x") });
    const body = JSON.stringify({ messages: [{ role: "user", content: [{ text: "a" }] }], service_tier: "flex" });
    const response = await fetch(`${emulator.url}/model/x/converse-stream`, { method: "POST", body });
    assert.deepEqual(
      [response.status, response.headers.get("x-amzn-errortype"), await response.json()],
      [
        400,
        "ValidationException",
        {
          message:
            "Malformed input request: #: extraneous key [service_tier] is not permitted, please reformat your input and try again.",
        },
      ],
    );
  });

  test("what is no operation of Bedrock is not found", async (context) => {
    const emulator = await start(context, { script: () => textReply("x"), basePath: "/base" });
    const paths = ["/base/model/x/invoke", "/model/x/converse", "/base/model/x/converse-stream/more"];
    const statuses = await Promise.all(
      paths.map(async (path) => (await fetch(new URL(path, emulator.url), { method: "POST", body: "{}" })).status),
    );
    assert.deepEqual(statuses, [404, 404, 404]);
    assert.equal(textOf(await converse(makeWireClient(emulator.url))), "x");
  });

  test("a first byte may come alone", async (context) => {
    const emulator = await start(context, { script: () => textReply("x") });
    const socket = connectTcp(emulator.port, "127.0.0.1").setNoDelay().setEncoding("utf8");
    const whole = "GET /foundation-models HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    socket.write(whole.slice(0, 1));
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.write(whole.slice(1));
    let answer = "";
    for await (const chunk of socket) {
      answer += chunk;
    }
    assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/u);
  });
});

describe("with keys", () => {
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example-secret", sessionToken: "token" };
  const answerTo = async (context: TestContext, given: object, clockOffset = 0) => {
    const emulator = await start(context, { script: () => textReply("welcome"), credentials });
    const client = makeWireClient(emulator.url, {
      credentials: { ...credentials, ...given },
      systemClockOffset: clockOffset,
    });
    context.after(() => client.destroy());
    return converse(client).then(textOf, (error: Error) => `${error.name}: ${error.message}`);
  };
  const mismatch =
    "InvalidSignatureException: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
  const unknown = "UnrecognizedClientException: The security token included in the request is invalid.";

  test("a good signature is let in", async (context) => assert.equal(await answerTo(context, {}), "welcome"));
  test("a wrong secret is a wrong signature", async (context) =>
    assert.equal(await answerTo(context, { secretAccessKey: "other" }), mismatch));
  test("an unknown access key is refused", async (context) =>
    assert.equal(await answerTo(context, { accessKeyId: "AKIDOTHER" }), unknown));
  test("a wrong session token is refused", async (context) =>
    assert.equal(await answerTo(context, { sessionToken: "other" }), unknown));
  test("a clock that is six minutes late is refused", async (context) => {
    assert.match(
      await answerTo(context, {}, -360_000),
      /^InvalidSignatureException: Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/u,
    );
  });
  test("a clock that is six minutes early is refused", async (context) => {
    assert.match(
      await answerTo(context, {}, 360_000),
      /^InvalidSignatureException: Signature not yet current: \d{8}T\d{6}Z is still later than/u,
    );
  });
  test("no signature, half a signature and an API key are refused each in its way", async (context) => {
    const emulator = await start(context, { script: () => textReply("x"), credentials });
    const types = await Promise.all(
      [
        {},
        { authorization: "AWS4-HMAC-SHA256 Credential=a/20260101/r/bedrock/aws4_request" },
        { authorization: "Bearer key" },
      ].map(async (headers) => {
        const response = await fetch(`${emulator.url}/foundation-models`, { headers });
        return [response.status, response.headers.get("x-amzn-errortype")];
      }),
    );
    assert.deepEqual(types, [
      [403, "MissingAuthenticationTokenException"],
      [403, "IncompleteSignatureException"],
      [403, "AccessDeniedException"],
    ]);
  });
  test("a body that was changed on the way is a wrong signature", async (context) => {
    const emulator = await start(context, { script: () => textReply("x"), credentials });
    const client = makeWireClient(emulator.url, { credentials });
    client.middlewareStack.add(
      (next) => (args) => {
        Object.assign(args.request ?? {}, { body: '{"messages":[{"role":"user","content":[{"text":"Hullo"}]}]}' });
        return next(args);
      },
      { step: "finalizeRequest", priority: "low", name: "tamper" },
    );
    await assert.rejects(converse(client), { name: "InvalidSignatureException" });
  });
});

test("a port that is taken is reported", async (context) => {
  const emulator = await start(context, { script: () => textReply("x") });
  await assert.rejects(startEmulator({ script: () => textReply("x"), port: emulator.port }), { code: "EADDRINUSE" });
});
