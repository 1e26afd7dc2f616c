import { once } from "node:events";
import { type BedrockOptions, createBedrockHandler } from "./bedrock-handler.ts";
import { PromptCache } from "./cache/prompt-cache.ts";
import type { Responder } from "./responder.ts";
import { createScriptResponder } from "./script-responder.ts";
import { parseScript, type Script } from "./script-schema.ts";
import { answerRequest } from "./server/answer-request.ts";
import { Connections } from "./server/connections.ts";
import { createProtocolListener, type TlsKeyPair } from "./server/protocol-listener.ts";
import type { OpenRecord, RecordedRequest } from "./server/recorded-request.ts";
import type { CredentialLookup, EmulatorCredentials } from "./verify-signature.ts";

export type { RecordedRequest } from "./server/recorded-request.ts";

export interface EmulatorOptions {
  /** What the model says: a script, or the same in code. */
  readonly script: Script | Responder;
  /** Default 0: a free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Serve HTTPS (HTTP/1.1 and HTTP/2) instead of plain HTTP/1.1 and h2c. */
  readonly tls?: TlsKeyPair;
  /** Refuse requests that are not signed with these, or with keys that this finds. */
  readonly credentials?: EmulatorCredentials | CredentialLookup;
  /** Path in front of the API's own, such as `/bedrock`. */
  readonly basePath?: string;
  /** The clock of the prompt cache, in milliseconds since the epoch. Default: the machine's. */
  readonly now?: () => number;
  /** How far its clock is ahead of this computer's, in milliseconds. */
  readonly clockOffsetMs?: number;
  /** Told of each request when its answer is over. */
  readonly onAnswered?: (request: RecordedRequest) => void;
}

export interface RunningEmulator {
  /** The endpoint for a client, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** Every request so far, in the order of arrival; the last ones may still be under way. */
  readonly requests: readonly RecordedRequest[];
  /** TCP connections opened by clients so far. */
  readonly connectionCount: number;
  /** Replaces what the model says from the next request on. */
  setScript(script: Script | Responder): void;
  /** Breaks every connection and frees the port. */
  close(): Promise<void>;
}

/** Starts the emulator on a TCP port. @throws Error for a bad script or a port that is taken. */
export async function startEmulator(options: EmulatorOptions): Promise<RunningEmulator> {
  const connections = new Connections();
  const requests: OpenRecord[] = [];
  let behaviour = toBehaviour(options.script);
  let closing = false;
  const { credentials, basePath = "", host = "127.0.0.1", clockOffsetMs = 0 } = options;
  const cache = new PromptCache(options.now);
  const common = { basePath, cache, clockOffsetMs, ...(credentials !== undefined && { credentials }) };
  const server = createProtocolListener(
    (request, response) => {
      const context = {
        handler: createBedrockHandler({ ...common, ...behaviour }),
        connections,
        isClosing: () => closing,
        record: (received: Omit<OpenRecord, "ordinal">) => {
          const record: OpenRecord = { ordinal: requests.length + 1, ...received };
          requests.push(record);
          return record;
        },
      };
      void answerRequest(request, response, context).then((record) => {
        if (record !== undefined) {
          options.onAnswered?.(record);
        }
      });
    },
    connections,
    options.tls,
  );
  server.listen(options.port ?? 0, host);
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `${options.tls === undefined ? "http" : "https"}://${host.includes(":") ? `[${host}]` : host}:${port}${basePath}`,
    port,
    requests,
    get connectionCount() {
      return connections.opened;
    },
    setScript: (script) => {
      behaviour = toBehaviour(script);
    },
    close: async () => {
      closing = true;
      const closed = once(server, "close");
      server.close();
      connections.destroyAll();
      await closed;
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
