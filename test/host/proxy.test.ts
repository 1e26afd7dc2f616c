import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { type TestContext, test } from "node:test";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import { textReply } from "../../src/emulator/replies.ts";
import { makeSelfSigned, trust } from "../support/self-signed.ts";
import { openGatewaySession } from "./test-access.ts";

/**
 * A name that only the proxy knows: `.test` is reserved (RFC 2606), so that an answer cannot come past the proxy. VS Code
 * never sends localhost and 127.0.0.1 through one (microsoft/vscode-proxy-agent, src/index.ts, resolveProxy).
 */
const host = "bedrock.outcrop.test";

/**
 * VS Code replaces `request` of the modules http and https in place, so that `node:http` and an agent of the SDK's own are
 * covered as well; with `override` that agent is not used at all (the same file, createHttpPatch).
 */
const proxySupport = { "http.proxySupport": "override" };

test("B1.12 a plain request goes to the proxy of the settings, by its whole address, and the turn is answered", async (context) => {
  const emulator = await startEmulator({ script: () => textReply("Through the proxy.") });
  context.after(() => emulator.close());
  const proxy = await startProxy(context, emulator.port);
  const session = await openGatewaySession(context, `http://${host}`, {
    "http.proxy": proxy.url,
    ...proxySupport,
    "outcrop.requestHeaders": { "x-team": "search" },
  });
  assert.deepEqual(await session.send({ text: "Hello", attachments: [] }), { kind: "completed" });
  assert.deepEqual(
    proxy.seen.map((line) => line.replace(/\/model\/\S+\//, "/model/…/")),
    [`POST http://${host}/model/…/converse-stream`],
  );
  const [request] = emulator.requests;
  assert.deepEqual(
    [request?.headers["host"], request?.headers["x-team"], request?.headers["authorization"]],
    [host, "search", undefined],
  );
});

test("B1.12 a TLS request goes through a tunnel of the proxy, and the turn is answered", async (context) => {
  const tls = makeSelfSigned(host);
  trust(tls);
  const emulator = await startEmulator({ script: () => textReply("Through the tunnel."), tls });
  context.after(() => emulator.close());
  const proxy = await startProxy(context, emulator.port);
  const session = await openGatewaySession(context, `https://${host}`, { "http.proxy": proxy.url, ...proxySupport });
  assert.deepEqual(await session.send({ text: "Hello", attachments: [] }), { kind: "completed" });
  assert.deepEqual(proxy.seen, [`CONNECT ${host}:443`]);
  assert.deepEqual(
    emulator.requests.map(({ headers, httpVersion }) => [headers["host"], httpVersion]),
    [[host, "1.1"]],
  );
});

/** A proxy for which every host is this port of 127.0.0.1; goes with the test. */
async function startProxy(context: TestContext, to: number) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    const { pathname, search } = new URL(request.url ?? "");
    const target = connect(to, "127.0.0.1", () => {
      const headers = request.rawHeaders.flatMap((name, index, all) =>
        index % 2 === 0 && !/^(proxy-|connection)/i.test(name) ? [`${name}: ${all[index + 1]}`] : [],
      );
      target.write(
        `${request.method} ${pathname}${search} HTTP/1.1\r\n${headers.join("\r\n")}\r\nConnection: close\r\n\r\n`,
      );
      request.pipe(target, { end: false });
      const { socket } = response;
      response.detachSocket(request.socket);
      target.pipe(socket ?? request.socket);
    });
    target.on("error", () => request.socket.destroy());
  });
  server.on("connect", (request, socket) => {
    seen.push(`CONNECT ${request.url}`);
    const target = connect(to, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      socket.pipe(target).pipe(socket);
    });
    target.on("error", () => socket.destroy());
    socket.on("error", () => target.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { seen, url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}` };
}
