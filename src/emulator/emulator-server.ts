import { type BedrockOptions, createBedrockHandler } from "./bedrock-handler.ts";
import { PromptCache } from "./cache/prompt-cache.ts";
import type { Responder } from "./responder.ts";
import { createScriptResponder } from "./script-responder.ts";
import { parseScript, type Script } from "./script-schema.ts";
import { type ProtocolServer, type ProtocolServerOptions, startProtocolServer } from "./server/protocol-server.ts";
import type { CredentialLookup, EmulatorCredentials } from "./verify-signature.ts";

export type { RecordedRequest } from "./server/recorded-request.ts";

export interface EmulatorOptions extends ProtocolServerOptions {
  /** What the model says: a script, or the same in code. */
  readonly script: Script | Responder;
  /** Refuse requests that are not signed with these, or with keys that this finds. */
  readonly credentials?: EmulatorCredentials | CredentialLookup;
  /** Path in front of the API's own, such as `/bedrock`. */
  readonly basePath?: string;
  /** The clock of the prompt cache, in milliseconds since the epoch. Default: the machine's. */
  readonly now?: () => number;
  /** How far its clock is ahead of this computer's, in milliseconds. */
  readonly clockOffsetMs?: number;
}

/** Its `url` is the endpoint for a client. */
export interface RunningEmulator extends ProtocolServer {
  /** Replaces what the model says from the next request on. */
  setScript(script: Script | Responder): void;
}

/** Starts the emulator on a TCP port. @throws Error for a bad script or a port that is taken. */
export async function startEmulator(options: EmulatorOptions): Promise<RunningEmulator> {
  const { script, credentials, basePath = "", now, clockOffsetMs = 0, ...place } = options;
  let behaviour = toBehaviour(script);
  const cache = new PromptCache(now);
  const common = { basePath, cache, clockOffsetMs, ...(credentials !== undefined && { credentials }) };
  const server = await startProtocolServer(() => createBedrockHandler({ ...common, ...behaviour }), place);
  return {
    ...server,
    url: `${server.url}${basePath}`,
    get connectionCount() {
      return server.connectionCount;
    },
    setScript: (replaced) => {
      behaviour = toBehaviour(replaced);
    },
  };
}

function toBehaviour(
  script: Script | Responder,
): Pick<BedrockOptions, "responder" | "controlPlane" | "deny" | "hang" | "guardrail"> {
  if (typeof script === "function") {
    return { responder: script };
  }
  const parsed = parseScript(script);
  const { controlPlane, deny, hang, guardrail } = parsed;
  return { responder: createScriptResponder(parsed), controlPlane, deny, hang, guardrail };
}
