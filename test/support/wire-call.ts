import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { ConverseStreamOutput } from "@aws-sdk/client-bedrock-runtime";
import { isModelError, type ModelError, type ModelRequest, type OnSilence } from "../../src/agent/model.ts";
import type { BedrockSettings } from "../../src/bedrock/bedrock-settings.ts";
import { ClientPool } from "../../src/bedrock/client-pool.ts";
import { type EmulatorOptions, type RunningEmulator, startEmulator } from "../../src/emulator/emulator-server.ts";
import type { Responder } from "../../src/emulator/responder.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { makeSelfSigned, trust } from "./self-signed.ts";

export const transports = ["plain", "tls"] as const;
export type Transport = (typeof transports)[number];

export const modelId = "global.anthropic.claude-sonnet-4-5-20250929-v1:0";

const certificate = makeSelfSigned();
trust(certificate);

/** As the conformance list names the transports. */
export function nameOf(transport: Transport): string {
  return transport === "tls" ? "TLS" : "plain HTTP";
}

/** What identifies the process must not come from the machine that the tests run on. */
export function useOwnEnvironment(): void {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
  process.env["AWS_EC2_METADATA_DISABLED"] = "true";
  process.env["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent/credentials";
  process.env["AWS_CONFIG_FILE"] = "/nonexistent/config";
}

export interface Wire {
  readonly emulator: RunningEmulator;
  readonly pool: ClientPool;
  readonly settings: BedrockSettings;
  /** One attempt of the product's client, with changed settings where they are given. */
  call(own?: Partial<BedrockSettings>, call?: Call): Promise<Answered>;
  /** The same where it must fail. */
  fail(own?: Partial<BedrockSettings>, call?: Call): Promise<ModelError>;
}

interface Call {
  readonly request?: ModelRequest;
  readonly signal?: AbortSignal;
  readonly onSilence?: OnSilence;
}

interface Answered {
  readonly events: readonly ConverseStreamOutput[];
  readonly error: ModelError | undefined;
}

const hello: ModelRequest = { messages: [{ role: "user", content: [{ text: "Hi" }] }] };

/** Starts an emulator and the product's client for it; both end with the test. `tls` of the options: a certificate of the test's own. */
export async function openWire(
  test: TestContext,
  transport: Transport,
  script: Responder | readonly Reply[],
  options: Omit<EmulatorOptions, "script"> = {},
): Promise<Wire> {
  const emulator = await startEmulator({
    ...options,
    script: typeof script === "function" ? script : { replies: [...script] },
    ...(transport === "tls" && { tls: certificate }),
  });
  const pool = new ClientPool();
  test.after(async () => {
    pool.close();
    await emulator.close();
  });
  const settings: BedrockSettings = {
    modelId,
    region: "us-east-1",
    profile: undefined,
    endpoint: emulator.url,
    maxTokens: 1_024,
    firstByteMs: 10_000,
    idleMs: 10_000,
  };
  const call: Wire["call"] = (own = {}, given = {}) => attempt(pool, { ...settings, ...own }, given);
  return {
    emulator,
    pool,
    settings,
    call,
    fail: async (own, given) => {
      const { error } = await call(own, given);
      return error ?? assert.fail("the call did not fail");
    },
  };
}

async function attempt(pool: ClientPool, settings: BedrockSettings, given: Call): Promise<Answered> {
  const { request = hello, signal = new AbortController().signal, onSilence } = given;
  const events: ConverseStreamOutput[] = [];
  try {
    for await (const event of pool.model(settings).converseStream(request, signal, onSilence)) events.push(event);
    return { events, error: undefined };
  } catch (error) {
    if (!isModelError(error)) throw error;
    return { events, error };
  }
}

/** The text of the answer. */
export function textOf(events: readonly ConverseStreamOutput[]): string {
  return events.map((event) => event.contentBlockDelta?.delta?.text ?? "").join("");
}

/** A member of a recorded body, or of anything else. */
export function member(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined),
    value,
  );
}
