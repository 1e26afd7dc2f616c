import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer as createHttpServer } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { createServer as createHttp2Server, createSecureServer } from "node:http2";
import { createServer as createTcpServer, type Server, type Socket } from "node:net";
import type { Connections } from "./connections.ts";

export type ServerRequest = IncomingMessage | Http2ServerRequest;
export type AnyServerResponse = ServerResponse | Http2ServerResponse;
export type Listener = (request: ServerRequest, response: AnyServerResponse) => void;

/** Key and certificate in PEM. */
export interface TlsKeyPair {
  readonly key: string | Buffer;
  readonly cert: string | Buffer;
}

const http2Preface = "PRI";

/**
 * One TCP port for several protocols. With TLS: HTTP/1.1 and HTTP/2 by ALPN. Without: HTTP/1.1, and HTTP/2 for a client
 * that begins with its preface (RFC 9113, 3.3).
 */
export function createProtocolListener(
  listener: Listener,
  connections: Connections,
  tls: TlsKeyPair | undefined,
): Server {
  const accept = tls === undefined ? acceptPlain(listener) : acceptTls(listener, tls);
  // Node's own HTTP/1.1 server listens half-open; under TLS or HTTP/2 a client's end would then go unnoticed.
  return createTcpServer({ noDelay: true, allowHalfOpen: tls === undefined }, (socket) => {
    connections.add(socket);
    socket.on("error", () => socket.destroy());
    accept(socket);
  });
}

function acceptTls(listener: Listener, tls: TlsKeyPair): (socket: Socket) => void {
  const server = createSecureServer({ ...tls, allowHTTP1: true }, listener);
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  server.on("sessionError", () => undefined);
  return (socket) => server.emit("connection", socket);
}

function acceptPlain(listener: Listener): (socket: Socket) => void {
  const http1 = createHttpServer({ keepAliveTimeout: 60_000, requestTimeout: 0 }, listener);
  const http2 = createHttp2Server(listener);
  http1.on("clientError", (_error, socket) => socket.destroy());
  http2.on("sessionError", () => undefined);
  return (socket) => {
    const sniff = () => {
      const beginning: unknown = socket.read();
      if (!Buffer.isBuffer(beginning)) {
        return;
      }
      socket.unshift(beginning);
      const decided = beginning.length >= http2Preface.length || !http2Preface.startsWith(beginning.toString("latin1"));
      if (decided) {
        socket.off("readable", sniff);
        const isHttp2 = beginning.subarray(0, http2Preface.length).toString("latin1") === http2Preface;
        socket.allowHalfOpen = !isHttp2;
        (isHttp2 ? http2 : http1).emit("connection", socket);
        socket.resume();
      }
    };
    socket.on("readable", sniff);
    socket.once("end", () => socket.off("readable", sniff));
  };
}
