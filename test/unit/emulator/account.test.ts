import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { setImmediate } from "node:timers/promises";
import {
  BedrockClient,
  GetFoundationModelAvailabilityCommand,
  ListFoundationModelsCommand,
} from "@aws-sdk/client-bedrock";
import { ApplyGuardrailCommand, CountTokensCommand } from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { Script } from "../../../src/emulator/script-schema.ts";
import { claude, converse } from "./client.ts";
import { clientFor, start } from "./server-scene.ts";

const replies = [{ text: "Hello." }];
const sonnet = "anthropic.claude-sonnet-4-5-20250929-v1:0";

async function controlPlane(context: TestContext, script: Script) {
  const { url: endpoint } = await start(context, { script });
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  const requestHandler = new NodeHttpHandler();
  return new BedrockClient({ region: "us-east-1", endpoint, credentials, maxAttempts: 1, requestHandler });
}

describe("the emulated account", () => {
  it("may use every listed model, unless the script says otherwise", async (context) => {
    const ask = async (script: Script, modelId = sonnet) => {
      const client = await controlPlane(context, script);
      const { $metadata: _metadata, ...state } = await client.send(
        new GetFoundationModelAvailabilityCommand({ modelId }),
      );
      return state;
    };
    const usable = {
      modelId: sonnet,
      agreementAvailability: { status: "AVAILABLE" },
      authorizationStatus: "AUTHORIZED",
      entitlementAvailability: "AVAILABLE",
      regionAvailability: "AVAILABLE",
    };
    assert.deepEqual(await ask({ replies }), usable);
    const availability = { agreement: "PENDING", authorization: "NOT_AUTHORIZED", region: "NOT_AVAILABLE" } as const;
    assert.deepEqual(await ask({ replies, controlPlane: { availability } }), {
      ...usable,
      agreementAvailability: { status: "PENDING" },
      authorizationStatus: "NOT_AUTHORIZED",
      regionAvailability: "NOT_AVAILABLE",
    });
    await assert.rejects(ask({ replies }, "nobody.model"), { name: "ResourceNotFoundException" });
    await assert.rejects(ask({ replies }, claude), { name: "ValidationException" });
  });

  it("is never answered where the script has an action hang, and may do the rest", async (context) => {
    const hang = ["bedrock:CountTokens"];
    const { client, emulator } = await clientFor(context, { script: { replies, hang } });
    const messages = [{ role: "user" as const, content: [{ text: "Hi" }] }];
    const gaveUp = new AbortController();
    const count = client.send(new CountTokensCommand({ modelId: sonnet, input: { converse: { messages } } }), {
      abortSignal: gaveUp.signal,
    });
    while (emulator.requests.length === 0) await setImmediate();
    await converse(client);
    gaveUp.abort();
    await assert.rejects(count, { name: "AbortError" });
    assert.deepEqual(
      emulator.requests.map(({ status }) => status),
      [undefined, 200],
    );
  });

  it("is refused what nothing allows, in IAM's words, and may do the rest", async (context) => {
    const deny = ["bedrock:InvokeModelWithResponseStream", "bedrock:ListInferenceProfiles"];
    const { client } = await clientFor(context, { script: { replies, deny } });
    const action = "bedrock:InvokeModelWithResponseStream";
    await assert.rejects(converse(client), {
      name: "AccessDeniedException",
      message: `User: arn:aws:iam::111122223333:user/emulated is not authorized to perform: ${action} on resource: arn:aws:bedrock:us-east-1:111122223333:inference-profile/${claude} because no identity-based policy allows the ${action} action`,
    });
    const plane = await controlPlane(context, { replies, deny });
    assert.equal((await plane.send(new ListFoundationModelsCommand({}))).modelSummaries?.length, 12);
  });

  it("applies its guardrail to a text, and has none of another name", async (context) => {
    const apply = async (script: Script, text: string, guardrailIdentifier = "gr1a2b3c4d5e") => {
      const { client } = await clientFor(context, { script });
      const content = [{ text: { text } }];
      const guardrail = { guardrailIdentifier, guardrailVersion: "1" };
      return client.send(new ApplyGuardrailCommand({ ...guardrail, source: "INPUT", content }));
    };
    const guarded = { replies, guardrail: { blockedWords: ["swordfish"] } };
    assert.equal((await apply(guarded, "Hello")).action, "NONE");
    const blocked = await apply(guarded, "the Swordfish");
    assert.deepEqual(
      [blocked.action, blocked.outputs],
      ["GUARDRAIL_INTERVENED", [{ text: "The guardrail blocked your prompt." }]],
    );
    await assert.rejects(apply(guarded, "Hello", "g"), { name: "ResourceNotFoundException" });
  });

  it("has a clock of its own, for its dates and for signatures", async (context) => {
    const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example-secret" };
    const hour = 3_600_000;
    const { client, emulator } = await clientFor(context, { script: { replies }, credentials, clockOffsetMs: hour });
    await assert.rejects(converse(client), { name: "InvalidSignatureException", message: /^Signature expired/ });
    const answer = await fetch(emulator.url);
    const ahead = Date.parse(answer.headers.get("date") ?? "") - Date.now();
    assert.ok(Math.abs(ahead - hour) < 60_000, `${ahead} ms`);
  });
});
