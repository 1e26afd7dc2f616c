import { once } from "node:events";
import { createServer, request as httpRequest, type IncomingMessage, type Server } from "node:http";
import { connect } from "node:net";
import type { TestContext } from "node:test";

export interface HttpProxyOptions {
  /** The port of 127.0.0.1 that every host's name leads to. */
  readonly to: number;
  /** Without it nobody is asked who they are. */
  readonly credentials?: { readonly user: string; readonly password: string };
}

export interface HttpProxy {
  /** Without user and password. */
  readonly url: string;
  /** With them. */
  readonly signedInUrl: string;
  /** Method and target of each request that was let through. */
  readonly seen: readonly string[];
  /** Of each request that was not. */
  readonly refused: readonly string[];
}

/** A forward proxy with Basic authentication: CONNECT for TLS, and requests with a whole address. It goes with the test. */
export async function startHttpProxy(test: TestContext, { to, credentials }: HttpProxyOptions): Promise<HttpProxy> {
  const seen: string[] = [];
  const refused: string[] = [];
  const server = createServer();
  const expected = credentials && Buffer.from(`${credentials.user}:${credentials.password}`).toString("base64");
  const mayPass = ({ method, url, headers }: IncomingMessage): boolean => {
    const isKnown = expected === undefined || headers["proxy-authorization"] === `Basic ${expected}`;
    (isKnown ? seen : refused).push(`${method} ${url}`);
    return isKnown;
  };
  const challenge = { "proxy-authenticate": 'Basic realm="corp"' };
  server.on("request", (request: IncomingMessage, response) => {
    if (!mayPass(request)) return void response.writeHead(407, challenge).end("Who are you?");
    const { pathname, search } = new URL(request.url ?? "");
    const { "proxy-authorization": _secret, "proxy-connection": _hop, ...headers } = request.headers;
    const { method } = request;
    const upstream = httpRequest({ host: "127.0.0.1", port: to, method, path: pathname + search, headers });
    upstream.on("response", (answer) => answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers)));
    upstream.on("error", () => response.destroy());
    response.on("close", () => upstream.destroy());
    request.pipe(upstream);
  });
  server.on("connect", (request, socket) => {
    socket.on("error", () => undefined);
    if (!mayPass(request)) {
      const head = `HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="corp"\r\n`;
      socket.end(`${head}Content-Length: 0\r\nConnection: close\r\n\r\n`);
      return;
    }
    const target = connect(to, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      socket.pipe(target).pipe(socket);
    });
    target.on("error", () => socket.destroy());
    socket.on("close", () => target.destroy());
  });
  const port = await listen(server);
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const signIn = credentials === undefined ? "" : `${credentials.user}:${encodeURIComponent(credentials.password)}@`;
  return { url: `http://127.0.0.1:${port}`, signedInUrl: `http://${signIn}127.0.0.1:${port}`, seen, refused };
}

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
