import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { iamPolicyOf } from "../../src/bedrock/doctor/iam-policy-of.ts";
import { listGuardrails } from "../../src/bedrock/guardrail/list-guardrails.ts";
import type { PolicyDocument } from "../../src/bedrock/iam/iam-policy-for.ts";
import { listModels } from "../../src/bedrock/models/list-models.ts";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import { findRoute } from "../../src/emulator/find-route.ts";
import { createDoctorContext, examine, healthy, inPlaceOfAws, keys } from "../support/doctor-run.ts";
import { type AskedAction, policyAllows } from "../support/policy-allows.ts";
import { useOwnEnvironment } from "../support/wire-call.ts";

useOwnEnvironment();

const guardrail = { identifier: "gr1a2b3c4d5e", version: "2" };
const sonnet = "anthropic.claude-sonnet-4-5-20250929-v1:0";
const llama = "meta.llama3-3-70b-instruct-v1:0";

/** The policy of these settings, and what a whole run of the doctor and the pickers of models and guardrails asked IAM for. */
async function open(test: TestContext, modelId: string) {
  const emulator = await startEmulator({ script: healthy, credentials: keys });
  test.after(() => emulator.close());
  await inPlaceOfAws(test, emulator.url);
  const { states } = await examine({ modelId }, { guardrail });
  const context = createDoctorContext({ modelId }, { guardrail });
  test.after(() => context.close());
  const { signal } = new AbortController();
  const policy = await iamPolicyOf(context, signal);
  assert.deepEqual((await listModels(context.settings, signal)).missing, []);
  await listGuardrails(context.settings, signal);
  const asked = emulator.requests.flatMap(({ method, path = "" }) => {
    const route = findRoute(
      { method, path: path.split("?")[0] ?? "", query: "", headers: {}, body: new Uint8Array() },
      "",
    );
    return route.kind === "unknown" ? [] : requestsOf(route.action, route.resource, modelId);
  });
  return { policy, asked, states };
}

/** An invocation through a profile is asked of the profile, and of a model behind it with the profile as its context. */
function requestsOf(action: string, resource: string, modelId: string): readonly AskedAction[] {
  const own = { action, resource, context: { "aws:RequestedRegion": "us-east-1" } };
  if (!resource.includes("inference-profile/") || !action.startsWith("bedrock:Invoke")) return [own];
  const context = { "bedrock:InferenceProfileArn": resource, "aws:RequestedRegion": "us-east-1" };
  const base = modelId.replace(/^(?:global|us)\./u, "");
  const regional = { action, resource: `arn:aws:bedrock:us-east-1::foundation-model/${base}`, context };
  return [own, regional];
}

describe("the policy of the doctor", () => {
  for (const modelId of [`global.${sonnet}`, `us.${sonnet}`, `us.${llama}`, "amazon.nova-pro-v1:0"]) {
    it(`lets through all that a run with ${modelId} and the pickers ask for, and each action of it was needed`, async (test) => {
      const { policy, asked, states } = await open(test, modelId);
      assert.equal(states["call"], "pass");
      assert.ok(asked.length >= 6, `${asked.length} requests`);
      for (const one of asked) assert.ok(policyAllows(policy, one), JSON.stringify(one));
      const used = new Set(asked.map(({ action }) => action));
      // The profile behind the policy itself is looked up after the run.
      used.add("bedrock:GetInferenceProfile");
      // A chat's, beside its first answer.
      used.add("bedrock:CountTokens");
      for (const { Action } of policy.Statement) for (const action of Action) assert.ok(used.has(action), action);
    });
  }

  it("fails without any one of its statements", async (test) => {
    const { policy, asked } = await open(test, `us.${sonnet}`);
    for (const { Sid } of policy.Statement) {
      if (Sid === "LookUpProfiles" || Sid === "CountTokens") continue;
      const less: PolicyDocument = { ...policy, Statement: policy.Statement.filter((one) => one.Sid !== Sid) };
      assert.ok(
        asked.some((one) => !policyAllows(less, one)),
        `${Sid} is not needed`,
      );
    }
  });

  it("does not let through another model, another profile, or the model past its profile", async (test) => {
    const { policy } = await open(test, `us.${sonnet}`);
    const action = "bedrock:InvokeModelWithResponseStream";
    const model = `arn:aws:bedrock:us-east-1::foundation-model/${sonnet}`;
    const profile = `arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.${llama}`;
    for (const [resource, context] of [
      [model, {}],
      [model, { "bedrock:InferenceProfileArn": profile }],
      [profile, {}],
      ["arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0", {}],
    ] as const) {
      assert.equal(policyAllows(policy, { action, resource, context }), false, resource);
    }
  });

  it("lets through the models that a chat is routed or moved to as well, each through its own profile", async (test) => {
    const emulator = await startEmulator({ script: healthy, credentials: keys });
    test.after(() => emulator.close());
    await inPlaceOfAws(test, emulator.url);
    const context = createDoctorContext({ modelId: `us.${sonnet}` }, { furtherModels: [`us.${llama}`] });
    test.after(() => context.close());
    const policy = await iamPolicyOf(context, new AbortController().signal);
    const action = "bedrock:InvokeModelWithResponseStream";
    for (const [model, behind, allowed] of [
      [sonnet, sonnet, true],
      [llama, llama, true],
      [llama, sonnet, false],
    ] as const) {
      const profile = `arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.${model}`;
      const resource = `arn:aws:bedrock:us-east-1::foundation-model/${behind}`;
      const asked = { action, resource, context: { "bedrock:InferenceProfileArn": profile } };
      assert.equal(policyAllows(policy, asked), allowed, `${model} ${behind}`);
    }
  });

  it("lets a prompt router be asked, and the models that it chooses from", async (test) => {
    const emulator = await startEmulator({ script: healthy, credentials: keys });
    test.after(() => emulator.close());
    await inPlaceOfAws(test, emulator.url);
    const router = "arn:aws:bedrock:us-east-1:111122223333:default-prompt-router/anthropic.claude:1";
    const context = createDoctorContext({ modelId: router }, {});
    test.after(() => context.close());
    const policy = await iamPolicyOf(context, new AbortController().signal);
    const action = "bedrock:InvokeModelWithResponseStream";
    const model = `arn:aws:bedrock:us-east-1::foundation-model/${sonnet}`;
    for (const resource of [router, model])
      assert.ok(policyAllows(policy, { action, resource, context: {} }), resource);
    const other = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0";
    assert.equal(policyAllows(policy, { action, resource: other, context: {} }), false);
  });

  it("lets through the same model in another region that a chat may move to", async (test) => {
    const emulator = await startEmulator({ script: healthy, credentials: keys });
    test.after(() => emulator.close());
    await inPlaceOfAws(test, emulator.url);
    const furtherPlaces = [{ modelId: `us.${sonnet}`, region: "us-west-2" }];
    const context = createDoctorContext({ modelId: `us.${sonnet}` }, { furtherPlaces });
    test.after(() => context.close());
    const policy = await iamPolicyOf(context, new AbortController().signal);
    const action = "bedrock:InvokeModelWithResponseStream";
    const resource = `arn:aws:bedrock:us-west-2:111122223333:inference-profile/us.${sonnet}`;
    assert.ok(policyAllows(policy, { action, resource, context: {} }));
    const through = { "bedrock:InferenceProfileArn": resource };
    const behind = `arn:aws:bedrock:us-east-2::foundation-model/${sonnet}`;
    assert.ok(policyAllows(policy, { action, resource: behind, context: through }));
  });
});
