import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { ToolError } from "../../agent/tool.ts";
import type { RequestAgents } from "../../bedrock/network/request-agents.ts";
import type { HttpAnswer, HttpClient, HttpRequest } from "../../tools/http/http-client.ts";
import { followRedirect } from "./follow-redirect.ts";
import { guardedLookup, refuseAddress } from "./refused-addresses.ts";

const mostRedirects = 5;

type SendOptions = Parameters<HttpClient["send"]>[1];

/**
 * HTTP/1.1 over Node's own modules, where the editor's proxy and certificates reach it. Every request has a connection of
 * its own: one that was kept may be closed under a write, of which then nobody knows what came.
 */
export class NodeHttpClient implements HttpClient {
  readonly #agents: () => RequestAgents;

  /** `agents`: how requests travel now. Throws what is wrong with the settings. */
  constructor(agents: () => RequestAgents) {
    this.#agents = agents;
  }

  async send(request: HttpRequest, options: SendOptions): Promise<HttpAnswer> {
    const agents = usableAgents(this.#agents());
    try {
      return await sendFollowing(request, options, agents);
    } finally {
      for (const agent of Object.values(agents)) agent.destroy();
    }
  }
}

interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpAgent;
}

function usableAgents({ httpAgent, httpsAgent }: RequestAgents): Agents {
  return {
    http: httpAgent ?? new HttpAgent(),
    https: httpsAgent === undefined ? new HttpsAgent() : "ca" in httpsAgent ? new HttpsAgent(httpsAgent) : httpsAgent,
  };
}

async function sendFollowing(request: HttpRequest, options: SendOptions, agents: Agents): Promise<HttpAnswer> {
  let current = request;
  for (let redirects = 0; ; redirects++) {
    const answer = await sendOnce(current, options, agents);
    const next = followRedirect(current, answer);
    if (next === undefined) return answer;
    if (redirects === mostRedirects) throw new ToolError(`The server redirected more than ${mostRedirects} times.`);
    current = next;
  }
}

async function sendOnce(
  { method, url: address, headers, body }: HttpRequest,
  { signal, mostBytes }: SendOptions,
  agents: Agents,
): Promise<HttpAnswer> {
  const url = new URL(address);
  refuseAddress(url);
  signal.throwIfAborted();
  const isTls = url.protocol === "https:";
  const bytes = body === undefined ? undefined : Buffer.from(body);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = (isTls ? requestHttps : requestHttp)(url, {
      method,
      agent: isTls ? agents.https : agents.http,
      lookup: guardedLookup,
      signal,
      headers: {
        "accept-encoding": "gzip, deflate, br",
        ...headers,
        ...(bytes !== undefined && { "content-length": bytes.length }),
      },
    });
    outgoing.once("response", resolve);
    // Also after the answer has begun: an error without a listener would end the process.
    outgoing.on("error", reject);
    outgoing.end(bytes);
  });
  const { statusCode = 0, statusMessage = "" } = response;
  const read = method === "HEAD" ? { body: new Uint8Array(), isCut: false } : await readBody(response, mostBytes);
  return { status: statusCode, statusText: statusMessage, headers: plainHeaders(response), ...read };
}

function plainHeaders({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value = ""]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
}

/** Reads as much as is wanted, unpacked, and leaves the rest. */
async function readBody(response: IncomingMessage, mostBytes: number): Promise<Pick<HttpAnswer, "body" | "isCut">> {
  const chunks: Buffer[] = [];
  let size = 0;
  const body = unpacked(response);
  try {
    for await (const chunk of body) {
      const bytes = Buffer.from(chunk);
      chunks.push(bytes.subarray(0, mostBytes - size));
      size += bytes.length;
      if (size > mostBytes) return { body: Buffer.concat(chunks), isCut: true };
    }
    return { body: Buffer.concat(chunks), isCut: false };
  } finally {
    response.destroy();
  }
}

function unpacked(response: IncomingMessage): Readable {
  const encoding = response.headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  const unpack = unpackers[encoding];
  if (unpack === undefined) return response;
  const unpacking = unpack();
  // What breaks the connection off has to end the reading of what was unpacked.
  response.once("error", (error) => unpacking.destroy(error));
  response.once("aborted", () => unpacking.destroy(new Error("the connection was closed within the answer")));
  return response.pipe(unpacking);
}

const unpackers: Readonly<Record<string, () => ReturnType<typeof createGunzip>>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};
