import { once } from "node:events";
import type { RequestHandler } from "../wire/http-exchange.ts";
import { answerRequest } from "./answer-request.ts";
import { Connections } from "./connections.ts";
import { createProtocolListener, type TlsKeyPair } from "./protocol-listener.ts";
import type { OpenRecord, RecordedRequest } from "./recorded-request.ts";

export interface ProtocolServerOptions {
  /** Default 0: a free port. */
  readonly port?: number | undefined;
  /** Default 127.0.0.1. */
  readonly host?: string | undefined;
  /** Serve HTTPS (HTTP/1.1 and HTTP/2) instead of plain HTTP/1.1 and h2c. */
  readonly tls?: TlsKeyPair | undefined;
  /** Told of each request when its answer is over. */
  readonly onAnswered?: ((request: RecordedRequest) => void) | undefined;
}

export interface ProtocolServer {
  /** Without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** Every request so far, in the order of arrival; the last ones may still be under way. */
  readonly requests: readonly RecordedRequest[];
  /** TCP connections opened by clients so far. */
  readonly connectionCount: number;
  /** Breaks every connection and frees the port. */
  close(): Promise<void>;
}

/** Listens, has each request answered by the handler of its time, and writes down what happened. */
export async function startProtocolServer(
  handler: () => RequestHandler,
  { port: wanted = 0, host = "127.0.0.1", tls, onAnswered }: ProtocolServerOptions = {},
): Promise<ProtocolServer> {
  const connections = new Connections();
  const requests: OpenRecord[] = [];
  let closing = false;
  const record = (received: Omit<OpenRecord, "ordinal">): OpenRecord => {
    const open: OpenRecord = { ordinal: requests.length + 1, ...received };
    requests.push(open);
    return open;
  };
  const server = createProtocolListener(
    (request, response) => {
      const context = { handler: handler(), connections, isClosing: () => closing, record };
      void answerRequest(request, response, context).then((answered) => {
        if (answered !== undefined) onAnswered?.(answered);
      });
    },
    connections,
    tls,
  );
  server.listen(wanted, host);
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `${tls === undefined ? "http" : "https"}://${host.includes(":") ? `[${host}]` : host}:${port}`,
    port,
    requests,
    get connectionCount() {
      return connections.opened;
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
