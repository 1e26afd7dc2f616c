import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  BedrockClient,
  GetFoundationModelAvailabilityCommand,
  GetImportedModelCommand,
  GetPromptRouterCommand,
  GetProvisionedModelThroughputCommand,
  ListFoundationModelsCommand,
  ListImportedModelsCommand,
  ListInferenceProfilesCommand,
  ListPromptRoutersCommand,
  ListProvisionedModelThroughputsCommand,
} from "@aws-sdk/client-bedrock";
import { createInProcessHandler } from "../../../src/emulator/in-process-handler.ts";
import { textReply } from "../../../src/emulator/replies.ts";

const client = new BedrockClient({
  region: "us-east-1",
  credentials: { accessKeyId: "a", secretAccessKey: "b" },
  maxAttempts: 1,
  requestHandler: createInProcessHandler({ responder: () => textReply("x") }),
});
const account = "arn:aws:bedrock:us-east-1:111122223333";

describe("the emulated control plane", () => {
  test("lists bought throughput by its state", async () => {
    const { provisionedModelSummaries: all = [] } = await client.send(new ListProvisionedModelThroughputsCommand({}));
    assert.deepEqual(
      all.map(({ status }) => status),
      ["InService", "Failed"],
    );
    const usable = await client.send(new ListProvisionedModelThroughputsCommand({ statusEquals: "InService" }));
    assert.equal(usable.provisionedModelSummaries?.length, 1);
  });

  test("lists and reads imported models and prompt routers", async () => {
    const { modelSummaries = [] } = await client.send(new ListImportedModelsCommand({ maxResults: 1 }));
    const imported = await client.send(new GetImportedModelCommand({ modelIdentifier: "house-style-llama" }));
    assert.deepEqual([modelSummaries.length, imported.modelArchitecture], [1, "llama3"]);
    const { promptRouterSummaries: [router] = [] } = await client.send(
      new ListPromptRoutersCommand({ type: "default" }),
    );
    const read = await client.send(new GetPromptRouterCommand({ promptRouterArn: router?.promptRouterArn }));
    assert.equal(read.models?.length, 2);
    assert.deepEqual((await client.send(new ListPromptRoutersCommand({ type: "custom" }))).promptRouterSummaries, []);
  });

  // What the SDK's types do not let through.
  const unknownType: unknown = JSON.parse('{ "byInferenceType": "INFERENCE_PROFILE" }');
  for (const [what, send, says] of [
    [
      "pages larger than a list has",
      () => client.send(new ListPromptRoutersCommand({ maxResults: 101 })),
      /less than or equal to 100/,
    ],
    [
      "a page of none",
      () => client.send(new ListImportedModelsCommand({ maxResults: 0 })),
      /greater than or equal to 1/,
    ],
    [
      "a token that nobody gave",
      () => client.send(new ListInferenceProfilesCommand({ nextToken: "bm8=" })),
      /nextToken is not valid/,
    ],
    [
      "a value that the list does not know",
      () => client.send(new ListFoundationModelsCommand(Object(unknownType))),
      /'byInferenceType' failed to satisfy constraint: Member must satisfy enum value set: \[ON_DEMAND, PROVISIONED\]/,
    ],
    [
      "the availability of a profile",
      () => client.send(new GetFoundationModelAvailabilityCommand({ modelId: "us.amazon.nova-pro-v1:0" })),
      /identifier is invalid/,
    ],
  ] as const) {
    test(`refuses ${what}`, async () => {
      await assert.rejects(send(), { name: "ValidationException", message: says });
    });
  }

  test("does not know what is not there", async () => {
    const provisionedModelId = `${account}:provisioned-model/nothing`;
    await assert.rejects(client.send(new GetProvisionedModelThroughputCommand({ provisionedModelId })), {
      name: "ResourceNotFoundException",
    });
    await assert.rejects(client.send(new GetFoundationModelAvailabilityCommand({ modelId: "nobody.knows-v1:0" })), {
      name: "ResourceNotFoundException",
    });
  });

  test("says which models the account has not agreed to", async () => {
    const of = (modelId: string) => client.send(new GetFoundationModelAvailabilityCommand({ modelId }));
    const states = [await of("amazon.nova-pro-v1:0"), await of("anthropic.claude-opus-4-6-v1")];
    assert.deepEqual(
      states.map(({ agreementAvailability, authorizationStatus }) => [
        agreementAvailability?.status,
        authorizationStatus,
      ]),
      [
        ["AVAILABLE", "AUTHORIZED"],
        ["NOT_AVAILABLE", "NOT_AUTHORIZED"],
      ],
    );
  });
});
