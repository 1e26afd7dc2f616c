import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import {
  BedrockClient,
  GetInferenceProfileCommand,
  ListFoundationModelsCommand,
  paginateListInferenceProfiles,
} from "@aws-sdk/client-bedrock";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { faultyReply, textReply } from "../../../src/emulator/replies.ts";
import { converse, textOf } from "./client.ts";
import { clientFor, nextAnswered, start } from "./server-scene.ts";

describe("over TLS", () => {
  const folder = mkdtempSync(join(tmpdir(), "emulator-tls-"));
  const keyFile = join(folder, "key.pem");
  const certFile = join(folder, "cert.pem");
  before(() => {
    const request = [
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
      "-nodes",
      "-days",
      "2",
      "-subj",
      "/CN=localhost",
    ];
    execFileSync("openssl", [...request, "-keyout", keyFile, "-out", certFile], { stdio: "ignore" });
  });
  after(() => rmSync(folder, { recursive: true }));
  const tls = () => ({ key: readFileSync(keyFile), cert: readFileSync(certFile) });

  test("NodeHttpHandler gets HTTP/1.1 and keeps its connection", async (context) => {
    const { emulator, client } = await clientFor(context, { script: () => textReply("secret"), tls: tls() });
    assert.match(emulator.url, /^https:/u);
    assert.deepEqual([textOf(await converse(client)), textOf(await converse(client))], ["secret", "secret"]);
    assert.deepEqual(
      emulator.requests.map(({ httpVersion, connection }) => [httpVersion, connection]),
      [
        ["1.1", 1],
        ["1.1", 1],
      ],
    );
  });

  test("a reset breaks the stream through TLS", async (context) => {
    const { client } = await clientFor(context, {
      script: () => faultyReply({ kind: "reset", afterEvents: 2 }),
      tls: tls(),
    });
    await assert.rejects(converse(client), { code: "ECONNRESET" });
  });

  test("a client that offers HTTP/2 gets it", async (context) => {
    const emulator = await start(context, { script: () => textReply("x"), tls: tls() });
    const session = connect(emulator.url, { ca: readFileSync(certFile), checkServerIdentity: () => undefined });
    context.after(() => session.close());
    const stream = session.request({ ":path": "/foundation-models" });
    let body = "";
    for await (const chunk of stream.setEncoding("utf8")) {
      body += chunk;
    }
    assert.equal(JSON.parse(body).modelSummaries.length, 12);
    assert.deepEqual(
      emulator.requests.map(({ httpVersion }) => httpVersion),
      ["2.0"],
    );
  });
});

test("a client that begins with HTTP/2 on the plain port is served", async (context) => {
  const emulator = await start(context, { script: () => textReply("two") });
  const session = connect(emulator.url);
  context.after(() => session.destroy());
  const stream = session.request({ ":method": "POST", ":path": "/model/x/converse" });
  stream.end('{"messages":[{"role":"user","content":[{"text":"a"}]}]}');
  let body = "";
  for await (const chunk of stream.setEncoding("utf8")) {
    body += chunk;
  }
  assert.deepEqual(JSON.parse(body).output, { message: { role: "assistant", content: [{ text: "two" }] } });
  assert.deepEqual(
    emulator.requests.map(({ httpVersion, connection }) => [httpVersion, connection]),
    [["2.0", 1]],
  );
});

for (const leave of ["the stream", "the connection"] as const) {
  test(`an HTTP/2 client that closes ${leave} in the middle of a stream is noticed`, async (context) => {
    const { onAnswered, answered } = nextAnswered();
    const emulator = await start(context, { script: () => faultyReply({ kind: "stall", afterEvents: 2 }), onAnswered });
    const session = connect(emulator.url);
    const stream = session.request({ ":method": "POST", ":path": "/model/x/converse-stream" });
    stream.end('{"messages":[{"role":"user","content":[{"text":"a"}]}]}');
    await once(stream, "data");
    if (leave === "the stream") {
      stream.close();
      context.after(() => session.destroy());
    } else {
      session.destroy();
    }
    assert.equal((await answered).closedByClient, true);
  });
}

describe("the control plane", () => {
  const control = (endpoint: string) =>
    new BedrockClient({
      region: "us-east-1",
      endpoint,
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
      maxAttempts: 1,
      requestHandler: new NodeHttpHandler(),
    });

  test("lists models, filtered", async (context) => {
    const emulator = await start(context, { script: () => textReply("x") });
    const { modelSummaries = [] } = await control(emulator.url).send(
      new ListFoundationModelsCommand({ byOutputModality: "TEXT", byProvider: "amazon" }),
    );
    assert.deepEqual(
      modelSummaries.map(({ modelId }) => modelId),
      ["amazon.nova-pro-v1:0", "amazon.nova-lite-v1:0", "amazon.nova-micro-v1:0"],
    );
  });

  test("lists inference profiles page by page, and by type", async (context) => {
    const emulator = await start(context, { script: () => textReply("x") });
    const client = control(emulator.url);
    const pages: (readonly string[])[] = [];
    for await (const page of paginateListInferenceProfiles({ client }, {})) {
      pages.push((page.inferenceProfileSummaries ?? []).map(({ inferenceProfileId = "" }) => inferenceProfileId));
    }
    assert.deepEqual(
      pages.map(({ length }) => length),
      [5, 5],
    );
    assert.equal(new Set(pages.flat()).size, 10);
    const own: string[] = [];
    for await (const page of paginateListInferenceProfiles({ client }, { typeEquals: "APPLICATION" })) {
      own.push(...(page.inferenceProfileSummaries ?? []).map(({ inferenceProfileName = "" }) => inferenceProfileName));
    }
    assert.deepEqual(own, ["team-assistant"]);
  });

  test("finds an inference profile by id and by ARN, and says when there is none", async (context) => {
    const emulator = await start(context, { script: () => textReply("x") });
    const get = (inferenceProfileIdentifier: string) =>
      control(emulator.url).send(new GetInferenceProfileCommand({ inferenceProfileIdentifier }));
    const profile = await get("k3x9q2m7v1ab");
    assert.deepEqual(profile.models, [
      { modelArn: "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0" },
    ]);
    assert.equal((await get(profile.inferenceProfileArn ?? "")).inferenceProfileName, "team-assistant");
    await assert.rejects(get("nobody"), { name: "ResourceNotFoundException" });
  });

  test("refuses when the script says so", async (context) => {
    const emulator = await start(context, {
      script: { replies: [textReply("x")], controlPlane: { fault: { kind: "http-error", status: 403 } } },
    });
    await assert.rejects(control(emulator.url).send(new ListFoundationModelsCommand({})), {
      name: "AccessDeniedException",
    });
  });
});
