import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { describeModel } from "../../src/bedrock/models/describe-model.ts";
import { listModels } from "../../src/bedrock/models/list-models.ts";
import { ModelAccessStates } from "../../src/bedrock/models/model-access.ts";
import { textReply } from "../../src/emulator/replies.ts";
import { iamDenial, useEmulatedAws } from "../support/control-plane.ts";
import { nameOf, openWire, transports, useOwnEnvironment } from "../support/wire-call.ts";

useOwnEnvironment();

const never = new AbortController().signal;

/** Each list, and a model that is in no other. */
const lists = [
  ["ListInferenceProfiles", "us.amazon.nova-pro-v1:0"],
  ["ListFoundationModels", "amazon.nova-micro-v1:0"],
  ["ListProvisionedModelThroughputs", "arn:aws:bedrock:us-east-1:111122223333:provisioned-model/ab12cd34ef56"],
  ["ListImportedModels", "arn:aws:bedrock:us-east-1:111122223333:imported-model/q8w2e4r6t1yz"],
  ["ListPromptRouters", "arn:aws:bedrock:us-east-1:111122223333:default-prompt-router/anthropic.claude:1"],
] as const;

for (const transport of transports) {
  describe(`the model list over ${nameOf(transport)}`, () => {
    it("B7.126 is everything that can be invoked, from all pages of all lists", async (test) => {
      const wire = await openWire(test, transport, () => textReply("x"));
      const { models, missing, region } = await listModels(useEmulatedAws(test, wire), never);
      assert.deepEqual([missing, region], [[], "us-east-1"]);
      const byGroup = Object.groupBy(models, ({ group }) => group);
      const namesOf = (group: keyof typeof byGroup) => byGroup[group]?.map(({ name }) => name);
      assert.deepEqual(namesOf("yours"), ["team-assistant"]);
      assert.equal(byGroup.geographic?.length, 6);
      assert.equal(byGroup.global?.length, 3);
      assert.deepEqual(namesOf("on-demand"), [
        "Claude 3 Haiku",
        "Nova Pro",
        "Nova Lite",
        "Nova Micro",
        "Mistral Large (24.07)",
        "gpt-oss-120b",
      ]);
      assert.deepEqual(namesOf("bought"), ["nova-reserved", "house-style-llama"]);
      assert.deepEqual(namesOf("router"), ["Anthropic Prompt Router"]);
      assert.equal(new Set(models.map(({ id }) => id)).size, models.length);
    });

    it("tells what stands behind a profile, and where it answers", async (test) => {
      const wire = await openWire(test, transport, () => textReply("x"));
      const { models } = await listModels(useEmulatedAws(test, wire), never);
      const found = (id: string) => models.find((model) => model.id.endsWith(id));
      const sonnet = "anthropic.claude-sonnet-4-5-20250929-v1:0";
      assert.deepEqual(
        [`us.${sonnet}`, `global.${sonnet}`, "k3x9q2m7v1ab", "ab12cd34ef56", "anthropic.claude:1"].map((id) => {
          const model = found(id);
          return [model?.baseModelId, model?.destinations];
        }),
        [
          [sonnet, { kind: "regions", regions: ["us-east-1", "us-east-2", "us-west-2"] }],
          [sonnet, { kind: "everywhere" }],
          [sonnet, { kind: "regions", regions: ["us-east-1"] }],
          ["amazon.nova-pro-v1:0", { kind: "regions", regions: ["us-east-1"] }],
          [sonnet, { kind: "regions", regions: ["us-east-1"] }],
        ],
      );
    });

    it("names no price a token for what is paid by the hour", async (test) => {
      const wire = await openWire(test, transport, () => textReply("x"));
      const { models } = await listModels(useEmulatedAws(test, wire), never);
      const priced = models.map((model) => ({ ...describeModel(model, []), baseModelId: model.baseModelId }));
      const nova = priced.filter(({ baseModelId }) => baseModelId === "amazon.nova-pro-v1:0");
      for (const { group, price } of nova) assert.equal(price === undefined, group === "bought", group);
      assert.ok(nova.some(({ group }) => group === "bought"));
    });

    for (const [operation, id] of lists) {
      it(`B7.126 without bedrock:${operation} the rest is listed, and the action is named`, async (test) => {
        const wire = await openWire(test, transport, () => textReply("x"));
        const message = iamDenial(`bedrock:${operation}`);
        const fault = { kind: "http-error", status: 403, type: "AccessDeniedException", message } as const;
        wire.emulator.setScript({ replies: [textReply("x")], controlPlane: { fault, operations: [operation] } });
        const { models, missing } = await listModels(useEmulatedAws(test, wire), never);
        assert.deepEqual(missing, [{ action: `bedrock:${operation}`, isDenied: true, message }]);
        const others = lists.filter(([other]) => other !== operation).map(([, other]) => other);
        const ids = models.map((model) => model.id);
        assert.deepEqual([ids.includes(id), others.filter((other) => !ids.includes(other))], [false, []]);
      });
    }

    it("without any credentials nothing is listed, and no action is said to be denied", async (test) => {
      const wire = await openWire(test, transport, () => textReply("x"));
      const settings = useEmulatedAws(test, wire);
      delete process.env["AWS_ACCESS_KEY_ID"];
      const { models, missing } = await listModels(settings, never);
      assert.deepEqual([models.length, missing.length], [0, lists.length]);
      assert.ok(missing.every(({ isDenied, message }) => !isDenied && message !== ""));
      assert.equal(wire.emulator.requests.length, 0);
    });

    it("ends with the signal's reason when it is aborted", async (test) => {
      const wire = await openWire(test, transport, () => textReply("x"));
      const aborted = new AbortController();
      const listing = listModels(useEmulatedAws(test, wire), aborted.signal);
      aborted.abort(new Error("closed"));
      await assert.rejects(listing, { message: "closed" });
    });

    it("says whether the account may invoke a model, and asks once", async (test) => {
      const wire = await openWire(test, transport, () => textReply("x"));
      const settings = useEmulatedAws(test, wire);
      const states = new ModelAccessStates();
      const of = (id: string) => states.of(settings, id, never);
      assert.deepEqual(
        await Promise.all([
          of("us.anthropic.claude-opus-4-6-v1"),
          of("anthropic.claude-opus-4-6-v1"),
          of("amazon.nova-pro-v1:0"),
          of("nobody.knows-v1:0"),
          of("arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/k3x9q2m7v1ab"),
        ]),
        ["no-agreement", "no-agreement", "available", "unknown", "unknown"],
      );
      assert.deepEqual(
        wire.emulator.requests.map(({ path }) => decodeURIComponent(path)).toSorted(),
        ["amazon.nova-pro-v1:0", "anthropic.claude-opus-4-6-v1", "nobody.knows-v1:0"].map(
          (id) => `/foundation-model-availability/${id}`,
        ),
      );
    });
  });
}
