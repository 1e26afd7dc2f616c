import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { type EmulatorOptions, type RunningEmulator, startEmulator } from "../../src/emulator/emulator-server.ts";
import { textReply } from "../../src/emulator/replies.ts";
import { makePrivateAuthority } from "../support/private-authority.ts";
import { type HeadlessRun, runTurn, scratch } from "../support/run-turn.ts";
import { shownText } from "../support/wire-scene.ts";

const claude = "anthropic.claude-sonnet-4-5-20250929-v1:0";
const allowed = ["--allowed-regions", "eu-central-1,eu-*"];

describe("npm run turn, by the same rules as the extension", () => {
  for (const [what, model, problem] of [
    [
      "a geography that is not allowed",
      `us.${claude}`,
      "may be answered in us-east-1, us-east-2, us-west-1, us-west-2",
    ],
    ["a global profile", `global.${claude}`, "may be answered in any commercial region of AWS"],
  ] as const) {
    it(`refuses ${what} in the extension's words, and nothing is sent`, async (test) => {
      const emulator = await start(test);
      const turn = await runTurn("--endpoint", emulator.url, "--prompt", "Hi", "--model", model, ...allowed);
      assert.deepEqual(refusalOf(turn), {
        kind: "configuration",
        message: `Nothing was sent: ${model} ${problem}, and outcrop.allowedRegions allows eu-central-1, eu-* only. Select a model of an allowed region, or an inference profile that stays within them.`,
      });
      assert.deepEqual([turn.code, emulator.requests.length], [1, 0]);
    });
  }

  it("asks a model of the allowed regions", async (test) => {
    const emulator = await start(test);
    const turn = await runTurn("--endpoint", emulator.url, "--prompt", "Hi", "--model", `eu.${claude}`, ...allowed);
    assert.deepEqual([turn.code, shownText(turn.events), emulator.requests.length], [0, "Here.", 1]);
  });

  it("takes no lock that it does not understand for an open one", async (test) => {
    const emulator = await start(test);
    for (const [given, shown] of [
      ["eu-*,Frankfurt", '"Frankfurt"'],
      ["", '""'],
    ] as const) {
      const turn = await runTurn("--endpoint", emulator.url, "--prompt", "Hi", "--allowed-regions", given);
      assert.deepEqual(refusalOf(turn), {
        kind: "configuration",
        message: `outcrop.allowedRegions holds ${shown}, which is no region: write eu-central-1, or eu-*.`,
      });
    }
    assert.equal(emulator.requests.length, 0);
  });

  it("trusts the authorities of --ca-bundle, and no server without them", async (test) => {
    const authority = makePrivateAuthority();
    const emulator = await start(test, { tls: authority.server });
    const way = ["--endpoint", emulator.url, "--prompt", "Hi", "--retries", "0"];
    const bundle = join(scratch, "corp-ca.pem");
    const missing = await runTurn(...way, "--ca-bundle", bundle);
    assert.deepEqual(refusalOf(missing), {
      kind: "configuration",
      message: `The certificate file ${bundle} (outcrop.caBundle) cannot be read.`,
    });
    assert.equal(refusalOf(await runTurn(...way))?.kind, "tls");
    assert.equal(emulator.requests.length, 0);
    await writeFile(bundle, authority.ca);
    const turn = await runTurn(...way, "--ca-bundle", bundle);
    assert.deepEqual([turn.code, shownText(turn.events)], [0, "Here."]);
  });

  it("wants of every request what the flags say, and tells what the service did instead", async (test) => {
    const emulator = await start(test, { script: { replies: [{ text: "Here.", serviceTier: "default" }] } });
    const turn = await runTurn(
      ...["--endpoint", emulator.url, "--prompt", "Hi", "--model", claude],
      ...["--thinking", "budget", "--thinking-budget", "2048", "--service-tier", "flex", "--prompt-caching", "off"],
      ...["--guardrail", "arn:aws:bedrock:us-east-1:111122223333:guardrail/gr1a2b3c4d5e:2"],
    );
    const { additionalModelRequestFields, guardrailConfig, serviceTier } = Object(emulator.requests[0]?.body);
    assert.deepEqual(
      [additionalModelRequestFields.thinking, guardrailConfig, serviceTier],
      [
        { type: "enabled", budget_tokens: 2_048 },
        {
          guardrailIdentifier: "arn:aws:bedrock:us-east-1:111122223333:guardrail/gr1a2b3c4d5e",
          guardrailVersion: "2",
          trace: "enabled",
          streamProcessingMode: "sync",
        },
        { type: "flex" },
      ],
    );
    assert.doesNotMatch(JSON.stringify(emulator.requests[0]?.body), /cachePoint/);
    const served = turn.events.find((event) => event.type === "served");
    assert.deepEqual(served?.differences, ["service tier default, not flex"]);
    assert.equal(turn.code, 0);
  });
});

async function start(test: TestContext, options: Partial<EmulatorOptions> = {}): Promise<RunningEmulator> {
  const emulator = await startEmulator({ script: () => textReply("Here."), ...options });
  test.after(() => emulator.close());
  return emulator;
}

function refusalOf({ events }: HeadlessRun): { readonly kind: string; readonly message: string } | undefined {
  const last = events.at(-1);
  if (last?.type !== "turn-end" || last.outcome.kind !== "failed") return undefined;
  const { kind, message } = last.outcome.error;
  return { kind, message };
}
