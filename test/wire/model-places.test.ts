import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { ModelRequest } from "../../src/agent/model.ts";
import type { BedrockSettings } from "../../src/bedrock/bedrock-settings.ts";
import { LearnedInMemory } from "../../src/bedrock/learned-features.ts";
import { ModelResolver } from "../../src/bedrock/models/model-resolver.ts";
import { ModelPlaces, type ModelRules } from "../../src/bedrock/models/place-model.ts";
import { textReply } from "../../src/emulator/replies.ts";
import { iamDenial, useEmulatedAws } from "../support/control-plane.ts";
import { setVariables } from "../support/set-variables.ts";
import {
  member,
  modelId,
  nameOf,
  openWire,
  textOf,
  transports,
  useOwnEnvironment,
  type Wire,
} from "../support/wire-call.ts";

useOwnEnvironment();

const account = "arn:aws:bedrock:us-east-1:111122223333";
const profile = `${account}:application-inference-profile/k3x9q2m7v1ab`;
const sonnet = "anthropic.claude-sonnet-4-5-20250929-v1:0";
const unlocked: ModelRules = { allowedRegions: [], modelLimits: {} };
const long: ModelRequest = {
  system: [{ text: "Be brief. ".repeat(2_000) }],
  messages: [{ role: "user", content: [{ text: "Hi" }] }],
};

interface Scene {
  readonly wire: Wire;
  readonly settings: BedrockSettings;
  place(own: string, rules?: Partial<ModelRules>): Promise<BedrockSettings>;
  /** Paths that were asked for so far. */
  paths(): readonly string[];
}

for (const transport of transports) {
  const openScene = async (test: TestContext): Promise<Scene> => {
    const wire = await openWire(test, transport, () => textReply("Hello."));
    const settings = useEmulatedAws(test, wire);
    const places = new ModelPlaces(new LearnedInMemory());
    return {
      wire,
      settings,
      place: (own, rules = {}) => places.place({ ...settings, modelId: own }, { ...unlocked, ...rules }),
      paths: () => wire.emulator.requests.map(({ path }) => decodeURIComponent(path)),
    };
  };

  describe(`what stands behind an id, over ${nameOf(transport)}`, () => {
    for (const [id, base, regions] of [
      [profile, sonnet, ["us-east-1"]],
      ["k3x9q2m7v1ab", sonnet, ["us-east-1"]],
      [`${account}:provisioned-model/ab12cd34ef56`, "amazon.nova-pro-v1:0", ["us-east-1"]],
      [`${account}:imported-model/q8w2e4r6t1yz`, "meta.llama3", ["us-east-1"]],
      [`${account}:default-prompt-router/anthropic.claude:1`, sonnet, ["us-east-1"]],
    ] as const) {
      it(`${id}: ${base}, asked for once`, async (test) => {
        const { place, paths } = await openScene(test);
        for (let turn = 0; turn < 2; turn++) {
          const { baseModelId, destinations } = await place(id);
          assert.deepEqual([baseModelId, destinations], [base, { kind: "regions", regions }]);
        }
        assert.equal(paths().length, 1);
      });
    }

    it("an id that names its model is not looked up", async (test) => {
      const { place, paths } = await openScene(test);
      assert.equal((await place(modelId)).baseModelId, modelId);
      assert.deepEqual(paths(), []);
    });

    it("an application inference profile gets the cache points and limits of its model", async (test) => {
      const { wire, place } = await openScene(test);
      const settings = await place(profile);
      const { capabilities } = wire.pool.model(settings);
      assert.deepEqual(capabilities.maxima, { contextTokens: 200_000, outputTokens: 64_000 });
      const { events, error } = await wire.call(settings, { request: long });
      assert.deepEqual([textOf(events), error], ["Hello.", undefined]);
      const sent = wire.emulator.requests.at(-1);
      assert.equal(sent?.path, `/model/${encodeURIComponent(profile)}/converse-stream`);
      assert.deepEqual(member(sent?.body, "system", 1), { cachePoint: { type: "default" } });
    });

    it("where the profile may not be read it is asked without them, and not looked up for every turn", async (test) => {
      const { wire, place, paths } = await openScene(test);
      const message = iamDenial("bedrock:GetInferenceProfile");
      const fault = { kind: "http-error", status: 403, type: "AccessDeniedException", message } as const;
      wire.emulator.setScript({ replies: [textReply("Hello.")], controlPlane: { fault } });
      await place(profile);
      const settings = await place(profile);
      assert.equal(paths().length, 1);
      const { events } = await wire.call(settings, { request: long });
      assert.equal(textOf(events), "Hello.");
      assert.equal(member(wire.emulator.requests.at(-1)?.body, "system", 1), undefined);
    });

    it("what was read is kept for hours, and then read again", async (test) => {
      const { settings, paths } = await openScene(test);
      const store = new LearnedInMemory();
      let now = 0;
      const resolve = () =>
        new ModelResolver({ store, now: () => now }).resolve({ ...settings, modelId: profile }, false);
      await resolve();
      now = 5 * 60 * 60 * 1_000;
      await resolve();
      assert.equal(paths().length, 1);
      now = 7 * 60 * 60 * 1_000;
      assert.equal((await resolve()).baseModelId, sonnet);
      assert.equal(paths().length, 2);
    });

    it("a control plane that says nothing holds up a turn for the limit at most", async (test) => {
      const { wire, settings } = await openScene(test);
      const { url } = wire.emulator;
      process.env["AWS_ENDPOINT_URL_BEDROCK"] = url.replace("127.0.0.1", "192.0.2.1");
      const resolver = new ModelResolver({ store: new LearnedInMemory(), limitMs: 20 });
      const resolved = await resolver.resolve({ ...settings, modelId: profile }, false);
      assert.deepEqual([resolved.baseModelId, resolved.destinations.kind], [profile, "unknown"]);
    });

    it("behind a gateway nothing is looked up", async (test) => {
      const { wire, paths } = await openScene(test);
      const places = new ModelPlaces(new LearnedInMemory());
      const { endpoint } = wire.settings;
      await places.place({ ...wire.settings, endpoint, modelId: profile }, { ...unlocked, allowedRegions: ["us-*"] });
      assert.deepEqual(paths(), []);
    });
  });

  describe(`the residency lock over ${nameOf(transport)}`, () => {
    for (const [id, allowed, says] of [
      [`us.${sonnet}`, ["us-east-1"], /us-east-2, us-west-2, and outcrop\.allowedRegions allows us-east-1 only/],
      [`global.${sonnet}`, ["us-*"], /any commercial region/],
      ["amazon.nova-pro-v1:0", ["eu-*"], /answered in us-east-1/],
      [`${account}:prompt/ABCDEFGHIJ:1`, ["us-*"], /not known, because a stored prompt/],
      ["house-model", ["us-*"], /not known, because its id does not tell/],
    ] as const) {
      it(`${id} is refused under ${allowed} before anything is sent`, async (test) => {
        const { wire, place, paths } = await openScene(test);
        const settings = await place(id, { allowedRegions: allowed });
        assert.throws(() => wire.pool.model(settings), { name: "ModelError", message: says });
        assert.deepEqual(
          paths().filter((path) => path.startsWith("/model/")),
          [],
        );
      });
    }

    for (const [id, allowed] of [
      [`us.${sonnet}`, ["us-east-1", "us-east-2", "us-west-2"]],
      [profile, ["us-east-1"]],
      ["amazon.nova-pro-v1:0", ["us-east-1"]],
      [`${account}:default-prompt-router/anthropic.claude:1`, ["us-east-1"]],
    ] as const) {
      it(`${id} answers under ${allowed}`, async (test) => {
        const { wire, place } = await openScene(test);
        const { events } = await wire.call(await place(id, { allowedRegions: allowed }));
        assert.equal(textOf(events), "Hello.");
      });
    }

    it("without bedrock:GetInferenceProfile the geography decides, and a profile of one's own is refused", async (test) => {
      const { wire, place } = await openScene(test);
      const fault = { kind: "http-error", status: 403, type: "AccessDeniedException", message: "no" } as const;
      wire.emulator.setScript({ replies: [textReply("Hello.")], controlPlane: { fault } });
      const geographic = await place(`us.${sonnet}`, { allowedRegions: ["us-east-1"] });
      assert.throws(() => wire.pool.model(geographic), { message: /us-east-2, us-west-1, us-west-2/ });
      const own = await place(profile, { allowedRegions: ["us-*"] });
      assert.throws(() => wire.pool.model(own), { message: /could not be read \(bedrock:GetInferenceProfile\)/ });
    });

    it("holds for whoever makes a model, also where nothing was looked up", async (test) => {
      const { wire, settings } = await openScene(test);
      const locked = { ...settings, modelId: `global.${sonnet}`, allowedRegions: ["us-*"] };
      assert.throws(() => wire.pool.model(locked), { message: /Nothing was sent/ });
    });

    for (const variable of ["AWS_REGION", "AWS_DEFAULT_REGION"]) {
      it(`the region in ${variable} counts where the setting is empty`, async (test) => {
        const { wire, settings } = await openScene(test);
        setVariables(test, { [variable]: "us-east-1" });
        const places = new ModelPlaces(new LearnedInMemory());
        const own = { ...settings, region: undefined, modelId: "amazon.nova-pro-v1:0" };
        const settled = await places.place(own, { ...unlocked, allowedRegions: ["us-east-1"] });
        assert.equal(textOf((await wire.call(settled)).events), "Hello.");
        const signature = wire.emulator.requests.at(-1)?.headers["authorization"] ?? "";
        assert.match(signature, /\/us-east-1\/bedrock\/aws4_request/u);
      });
    }
  });
}
