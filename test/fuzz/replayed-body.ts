import { Readable } from "node:stream";
import {
  BedrockRuntimeClient,
  ConverseStreamCommand,
  type ConverseStreamOutput,
} from "@aws-sdk/client-bedrock-runtime";
import { EventStreamCodec } from "@smithy/core/event-streams";
import { fromUtf8, toUtf8 } from "@smithy/core/serde";
import { HttpResponse } from "@smithy/core/transport";
import type { HttpHandlerOptions, HttpRequest } from "@smithy/types";
import type { RequestHandler } from "../../src/bedrock/client.ts";

/** A response body in the pieces in which it arrives. */
export interface Body {
  readonly pieces: readonly Uint8Array[];
  /** The connection breaks behind them; else the body ends as if it were whole. */
  readonly breaks: boolean;
}

const codec = new EventStreamCodec(toUtf8, fromUtf8);

/** Some frame with a sound checksum. */
export function frame(headers: Readonly<Record<string, string>>, body: Uint8Array): Uint8Array {
  const entries = Object.entries(headers).map(([name, value]) => [name, { type: "string" as const, value }]);
  return codec.encode({ headers: Object.fromEntries(entries), body });
}

/** The frame of an event, as Bedrock sends it. */
export function eventFrame(event: ConverseStreamOutput): Uint8Array {
  const [name = "future", payload = {}] = Object.entries(event)[0] ?? [];
  const json = JSON.stringify(payload, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value,
  );
  return frame({ ":message-type": "event", ":event-type": name, ":content-type": "application/json" }, fromUtf8(json));
}

/** Answers the first request with these bytes in the place of the network, each further one with a plain answer. */
export function replay(body: Body): RequestHandler {
  let asked = 0;
  return answering(() => (asked++ === 0 ? body : plainBody));
}

function answering(next: () => Body): RequestHandler {
  return {
    metadata: { handlerProtocol: "http/1.1" },
    handle: async (_request: HttpRequest, options: HttpHandlerOptions = {}) => {
      const readable = Readable.from(pieces(next()), { objectMode: false });
      readable.on("error", () => undefined);
      const signal = options.abortSignal;
      if (signal instanceof AbortSignal) signal.addEventListener("abort", () => readable.destroy(), { once: true });
      const headers = { "content-type": "application/vnd.amazon.eventstream", "x-amzn-requestid": "replayed" };
      return { response: new HttpResponse({ statusCode: 200, headers, body: readable }) };
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
  };
}

function* pieces({ pieces: all, breaks }: Body): Generator<Uint8Array> {
  yield* all;
  if (breaks) throw Object.assign(new Error("aborted"), { code: "ECONNRESET" });
}

const plainBody: Body = {
  pieces: [
    eventFrame({ contentBlockDelta: { contentBlockIndex: 0, delta: { text: "Done." } } }),
    eventFrame({ messageStop: { stopReason: "end_turn" } }),
  ],
  breaks: false,
};

/** The SDK by itself, with nothing of ours around it; it is asked by one input after another. */
let given: Body = plainBody;
const bareClient = new BedrockRuntimeClient({
  region: "us-east-1",
  endpoint: "http://replay.invalid",
  credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "example" },
  maxAttempts: 1,
  requestHandler: answering(() => given),
});

/** Whether the SDK finds the end of a message in these bytes. */
export async function deliversEnd(body: Body): Promise<boolean> {
  given = body;
  try {
    const messages = [{ role: "user" as const, content: [{ text: "Go." }] }];
    const { stream = [] } = await bareClient.send(new ConverseStreamCommand({ modelId: "m", messages }));
    for await (const { messageStop } of stream) if (isObject(messageStop)) return true;
    return false;
  } catch {
    return false;
  }
}

/** The SDK hands on what a frame holds, whatever its types say. */
function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
