import { Http2ServerResponse } from "node:http2";
import type { EmulatorRequest, RequestHandler } from "../wire/http-exchange.ts";
import { playSteps, type StepSink } from "../wire/play-steps.ts";
import type { Connections } from "./connections.ts";
import type { AnyServerResponse, ServerRequest } from "./protocol-listener.ts";
import type { OpenRecord } from "./recorded-request.ts";

/** What answering needs of its server. */
export interface AnswerContext {
  readonly handler: RequestHandler;
  readonly connections: Connections;
  /** Takes the request into the server's list. */
  record(request: Omit<OpenRecord, "ordinal">): OpenRecord;
  /** The server itself is closing its connections. */
  isClosing(): boolean;
}

/**
 * Reads a request to its end, plays its answer, and writes down what happened.
 * @returns undefined when the client went before its request was complete.
 */
export async function answerRequest(
  request: ServerRequest,
  response: AnyServerResponse,
  context: AnswerContext,
): Promise<OpenRecord | undefined> {
  const client = new AbortController();
  response.once("close", () => client.abort());
  response.on("error", () => client.abort());
  const connection = context.connections.find(request.socket);
  const body = await readBody(request);
  if (body === undefined) {
    return undefined;
  }
  const received = toEmulatorRequest(request, body);
  const record = context.record({
    method: received.method,
    path: request.url ?? "",
    headers: received.headers,
    body: parseBody(body),
    text: body.toString(),
    httpVersion: request.httpVersion,
    connection: connection?.ordinal ?? 0,
    completeAt: performance.now(),
    closedByClient: false,
  });
  let endedHere = false;
  const sink = responseSink(joinResponse(response), record, client.signal, (ending) => {
    endedHere = true;
    if (ending === "fin") {
      connection?.socket.destroySoon();
    } else if (ending === "reset") {
      connection?.socket.resetAndDestroy();
    }
  });
  await playSteps(await context.handler(received), sink, client.signal);
  record.closedByClient = !endedHere && !context.isClosing();
  record.endedAt = performance.now();
  return record;
}

/** What the responses of HTTP/1.1 and HTTP/2 have in common; TypeScript cannot join their overloads. */
interface StreamedResponse {
  writeHead(status: number, headers: Readonly<Record<string, string>>): void;
  write(bytes: Uint8Array, written: () => void): void;
  end(): void;
}

function joinResponse(response: AnyServerResponse): StreamedResponse {
  if (response instanceof Http2ServerResponse) {
    return {
      writeHead: (status, headers) => {
        response.writeHead(status, { ...headers });
      },
      write: (bytes, written) => {
        response.write(bytes, "utf8", written);
      },
      end: () => response.end(),
    };
  }
  return {
    writeHead: (status, headers) => {
      response.writeHead(status, { ...headers });
      response.flushHeaders();
    },
    write: (bytes, written) => {
      response.write(bytes, written);
    },
    end: () => response.end(),
  };
}

function responseSink(
  response: StreamedResponse,
  record: OpenRecord,
  gone: AbortSignal,
  ended: (ending: "end" | "fin" | "reset") => void,
): StepSink {
  let writeIsOver = () => {};
  gone.addEventListener("abort", () => writeIsOver(), { once: true });
  return {
    head: (status, headers) => {
      record.status = status;
      response.writeHead(status, headers);
    },
    write: (bytes) =>
      new Promise((resolve) => {
        record.firstFrameAt ??= performance.now();
        writeIsOver = resolve;
        response.write(bytes, resolve);
      }),
    end: () => {
      ended("end");
      response.end();
    },
    fin: () => ended("fin"),
    reset: () => ended("reset"),
  };
}

function toEmulatorRequest(request: ServerRequest, body: Buffer): EmulatorRequest {
  const [path = "", ...query] = (request.url ?? "").split("?");
  return { method: request.method ?? "", path, query: query.join("?"), headers: plainHeaders(request), body };
}

/** HTTP/2's `:authority` is the host header of HTTP/1.1, which signatures cover. */
function plainHeaders(request: ServerRequest): Readonly<Record<string, string>> {
  const entries = Object.entries(request.headers).flatMap(([name, value]): readonly [string, string][] =>
    value === undefined ? [] : [[name, [value].flat().join(", ")]],
  );
  const headers = Object.fromEntries(entries);
  const authority = headers[":authority"];
  return authority === undefined || headers["host"] !== undefined ? headers : { ...headers, host: authority };
}

async function readBody(request: ServerRequest): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) {
      chunks.push(Buffer.from(chunk));
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}

function parseBody(body: Buffer): unknown {
  const text = body.toString();
  if (text === "") {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
