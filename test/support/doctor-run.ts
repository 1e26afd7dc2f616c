import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { BedrockSettings } from "../../src/bedrock/bedrock-settings.ts";
import type { CheckId, CheckLine } from "../../src/bedrock/doctor/check.ts";
import { checks } from "../../src/bedrock/doctor/checks.ts";
import { DoctorContext, type DoctorParts } from "../../src/bedrock/doctor/doctor-context.ts";
import { runDoctor } from "../../src/bedrock/doctor/run-doctor.ts";
import { nobodysIdentity } from "../../src/bedrock/identity/nobodys-identity.ts";
import { startIdentityServer } from "../../src/emulator/identity/identity-server.ts";
import type { Script } from "../../src/emulator/script-schema.ts";
import { setVariables } from "./set-variables.ts";
import { modelId } from "./wire-call.ts";

export const keys = { accessKeyId: "AKIDDOCTOR0000000001", secretAccessKey: "a-secret-that-nobody-sees" };

const written = { inputTokens: 9, outputTokens: 1, totalTokens: 1_610, cacheWriteInputTokens: 1_600 };
const read = { inputTokens: 9, outputTokens: 1, totalTokens: 1_610, cacheReadInputTokens: 1_600 };

/** What a healthy model answers to the checks, in their order. */
export const healthy: Script = {
  replies: [
    { text: "OK" },
    { toolUses: [{ name: "report", input: { ok: true } }] },
    { text: "OK", usage: written },
    { text: "OK", usage: read },
  ],
  guardrail: { blockedWords: ["swordfish"] },
};

export interface Run {
  /** `pass`, `fail` or `skipped` of each check. */
  readonly states: Readonly<Record<string, string>>;
  line(id: CheckId): CheckLine;
  readonly lines: readonly CheckLine[];
}

/** An STS that knows the keys; answers with its URL. */
export async function startSts(test: TestContext): Promise<string> {
  const server = await startIdentityServer({ users: [{ ...keys, arn: "arn:aws:iam::111122223333:user/ada" }] });
  test.after(() => server.close());
  return server.url;
}

/** Points the SDK at `url` in AWS's place, by the SDK's own variables, with an STS that knows the keys. */
export async function inPlaceOfAws(test: TestContext, url: string, own: Readonly<Record<string, string>> = {}) {
  setVariables(test, {
    AWS_ENDPOINT_URL: url,
    AWS_ENDPOINT_URL_STS: await startSts(test),
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    ...own,
  });
}

export async function examine(
  settings: Partial<BedrockSettings> = {},
  parts: Partial<DoctorParts> = {},
  signal = new AbortController().signal,
): Promise<Run> {
  const context = createDoctorContext(settings, parts);
  const lines: CheckLine[] = [];
  try {
    for await (const line of runDoctor(context, checks, signal)) lines.push(line);
  } finally {
    context.close();
  }
  return {
    lines,
    states: Object.fromEntries(lines.map(({ id, state }) => [id, state])),
    line: (id) => lines.find((line) => line.id === id) ?? assert.fail(`no line ${id}`),
  };
}

export function createDoctorContext(settings: Partial<BedrockSettings>, parts: Partial<DoctorParts>): DoctorContext {
  return new DoctorContext({
    settings: {
      modelId,
      region: "us-east-1",
      profile: undefined,
      endpoint: undefined,
      maxTokens: 128,
      firstByteMs: 10_000,
      idleMs: 10_000,
      identity: nobodysIdentity(),
      ...settings,
    },
    proxyFor: () => undefined,
    nameOf: (setting) => `outcrop.${setting}`,
    ...parts,
  });
}

/** The states of all checks, most of them as named first. */
export function allBut(state: string, others: Readonly<Partial<Record<CheckId, string>>>): Record<string, string> {
  return { ...Object.fromEntries(checks.map(({ id }) => [id, state])), ...others };
}
