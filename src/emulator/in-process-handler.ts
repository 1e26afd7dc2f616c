import { Readable } from "node:stream";
import { HttpResponse } from "@smithy/core/transport";
import type { HttpHandlerOptions, HttpRequest, RequestHandler as SdkRequestHandler } from "@smithy/types";
import { type BedrockOptions, createBedrockHandler } from "./bedrock-handler.ts";
import type { EmulatorRequest, RequestHandler } from "./wire/http-exchange.ts";
import { playSteps, type StepSink } from "./wire/play-steps.ts";

/** A `requestHandler` for an AWS SDK v3 client, as its `NodeHttpHandler` is one. */
export interface InProcessHandler extends SdkRequestHandler<HttpRequest, HttpResponse, HttpHandlerOptions> {
  readonly metadata: { readonly handlerProtocol: string };
  updateHttpClientConfig(key: string, value: unknown): void;
  httpHandlerConfigs(): Record<string, unknown>;
  destroy(): void;
}

/**
 * The emulator inside the client: no socket is opened, but the client sees the same bytes at the same pace and the same
 * errors as over HTTP/1.1.
 */
export function createInProcessHandler(options: BedrockOptions): InProcessHandler {
  const handler = createBedrockHandler(options);
  const running = new Set<AbortController>();
  return {
    metadata: { handlerProtocol: "http/1.1" },
    handle: (request, { abortSignal } = {}) => respond(handler, request, abortSignal, running),
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => {
      for (const controller of running) {
        controller.abort();
      }
    },
  };
}

type AbortSource = HttpHandlerOptions["abortSignal"];

async function respond(
  handler: RequestHandler,
  request: HttpRequest,
  abortSignal: AbortSource,
  running: Set<AbortController>,
): Promise<{ response: HttpResponse }> {
  const producer = new AbortController();
  const stop = () => producer.abort();
  if (abortSignal?.aborted === true) {
    throw abortError();
  }
  listen(abortSignal, stop);
  running.add(producer);
  const steps = await handler(await toEmulatorRequest(request));
  return new Promise((resolve, reject) => {
    const body = new Readable({ read: () => undefined });
    const sink = bodySink(body, producer, resolve, reject);
    body.once("close", stop);
    producer.signal.addEventListener("abort", () => {
      reject(abortError());
      if (!body.readableEnded) {
        body.destroy(connectionError("aborted"));
      }
    });
    // Without a listener of its own, an error before the SDK reads the body would end the process.
    body.on("error", () => undefined);
    void playSteps(steps, sink, producer.signal).finally(() => {
      running.delete(producer);
      unlisten(abortSignal, stop);
    });
    if (producer.signal.aborted) {
      reject(abortError());
    }
  });
}

function bodySink(
  body: Readable,
  producer: AbortController,
  resolve: (output: { response: HttpResponse }) => void,
  reject: (error: Error) => void,
): StepSink {
  const breakOff = (beforeHead: string) => {
    reject(Object.assign(connectionError(beforeHead), { name: "TimeoutError" }));
    body.destroy(connectionError("aborted"));
    producer.abort();
  };
  return {
    head: (statusCode, headers) =>
      resolve({ response: new HttpResponse({ statusCode, headers: { ...headers }, body }) }),
    write: async (bytes) => {
      // A turn of the event loop between writes, as between packets.
      await new Promise((next) => setImmediate(next));
      body.push(bytes);
    },
    end: () => {
      body.push(null);
    },
    fin: () => breakOff("socket hang up"),
    reset: () => breakOff("read ECONNRESET"),
  };
}

/** Node's own errors when a socket is lost: code `ECONNRESET`. */
function connectionError(message: string): Error {
  return Object.assign(new Error(message), { code: "ECONNRESET" });
}

function abortError(): Error {
  return Object.assign(new Error("Request aborted"), { name: "AbortError" });
}

/** The SDK's older abort signal only has `onabort`. */
function listen(signal: AbortSource, stop: () => void): void {
  if (signal instanceof AbortSignal) {
    signal.addEventListener("abort", stop, { once: true });
  } else if (signal !== undefined) {
    signal.onabort = stop;
  }
}

function unlisten(signal: AbortSource, stop: () => void): void {
  if (signal instanceof AbortSignal) {
    signal.removeEventListener("abort", stop);
  }
}

async function toEmulatorRequest(request: HttpRequest): Promise<EmulatorRequest> {
  const query = Object.entries(request.query ?? {}).flatMap(([key, value]) =>
    [value ?? ""].flat().map((one): [string, string] => [key, one]),
  );
  const headers = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    method: request.method,
    path: request.path,
    query: new URLSearchParams(query).toString(),
    headers: Object.fromEntries(headers),
    body: await bodyBytes(request.body),
  };
}

async function bodyBytes(body: unknown): Promise<Uint8Array> {
  if (body === undefined || body === null) {
    return new Uint8Array();
  }
  if (typeof body === "string") {
    return new TextEncoder().encode(body);
  }
  if (body instanceof Uint8Array) {
    return body;
  }
  throw new TypeError("The in-process Bedrock takes requests whose body is text or bytes.");
}
