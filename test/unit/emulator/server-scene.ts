import type { TestContext } from "node:test";
import { type EmulatorOptions, type RecordedRequest, startEmulator } from "../../../src/emulator/emulator-server.ts";
import { makeWireClient } from "./client.ts";

export async function start(context: TestContext, options: EmulatorOptions) {
  const emulator = await startEmulator(options);
  context.after(() => emulator.close());
  return emulator;
}

export async function clientFor(context: TestContext, options: EmulatorOptions) {
  const emulator = await start(context, options);
  const client = makeWireClient(emulator.url);
  context.after(() => client.destroy());
  return { emulator, client };
}

/** Resolves with the first request whose answer is over, once the emulator reports it. */
export function nextAnswered(): {
  readonly onAnswered: (request: RecordedRequest) => void;
  readonly answered: Promise<RecordedRequest>;
} {
  let onAnswered: (request: RecordedRequest) => void = () => undefined;
  const answered = new Promise<RecordedRequest>((resolve) => {
    onAnswered = resolve;
  });
  return { onAnswered: (request) => onAnswered(request), answered };
}
