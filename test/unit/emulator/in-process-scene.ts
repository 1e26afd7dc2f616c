import assert from "node:assert/strict";
import type { BedrockOptions } from "../../../src/emulator/bedrock-handler.ts";
import { createInProcessHandler } from "../../../src/emulator/in-process-handler.ts";
import type { Reply } from "../../../src/emulator/script-schema.ts";
import { converse, makeClient } from "./client.ts";

export function clientFor(reply: Reply | undefined, options: Omit<BedrockOptions, "responder"> = {}) {
  return makeClient({ requestHandler: createInProcessHandler({ responder: () => reply, ...options }) });
}

export async function errorOf(reply: Reply | undefined) {
  const error: unknown = await converse(clientFor(reply)).then(
    () => assert.fail("it was answered"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Error);
  return error;
}
