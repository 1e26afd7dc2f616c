import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { after, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { requestAgents } from "../../../../src/bedrock/network/request-agents.ts";
import { NodeHttpClient } from "../../../../src/headless/http/node-http-client.ts";
import { guardedLookup, isRefusedAddress } from "../../../../src/headless/http/refused-addresses.ts";
import { startHttpProxy } from "../../../support/http-proxy.ts";

const seen: {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly headers: IncomingMessage["headers"];
}[] = [];

const routes: Readonly<Record<string, (response: ServerResponse) => void>> = {
  "/json": (response) =>
    response.writeHead(200, { "content-type": "application/json", "x-two": ["a", "b"] }).end('{"ok":true}'),
  "/gzip": (response) => response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("unpacked")),
  "/bomb": (response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(5_000_000, "x"))),
  "/cut-off": (response) => {
    response.writeHead(200, { "content-length": "100" }).write("part");
    response.socket?.destroySoon();
  },
  "/lost": (response) => response.socket?.destroy(),
  "/silent": () => undefined,
  "/again": (response) => response.writeHead(307, { location: "/json" }).end(),
  "/see": (response) => response.writeHead(303, { location: "/json" }).end(),
  "/round": (response) => response.writeHead(302, { location: "/round" }).end(),
  "/elsewhere": (response) => response.writeHead(302, { location: "http://other.example/json" }).end(),
};

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += chunk;
  const { method = "", url = "", headers } = request;
  seen.push({ method, url, body, headers });
  (routes[url] ?? routes["/json"])?.(response);
}

const server = createServer((request, response) => void serve(request, response));

describe("NodeHttpClient", () => {
  let base = "";
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    base = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const client = new NodeHttpClient(() => requestAgents({}, {}));
  const send = (path: string, more: { method?: string; body?: string; signal?: AbortSignal } = {}) => {
    const { method = "GET", body, signal = new AbortController().signal } = more;
    const headers = { authorization: "Bearer x", "content-type": "application/json", "idempotency-key": "k1" };
    const url = path.startsWith("/") ? `${base}${path}` : path;
    return client.send({ method, url, headers, ...(body !== undefined && { body }) }, { signal, mostBytes: 1_000 });
  };
  const bodyOf = ({ body }: { readonly body: Uint8Array }): string => Buffer.from(body).toString();

  it("sends method, headers and body, and reads the answer", async () => {
    const answer = await send("/json", { method: "POST", body: '{"ä":1}' });
    assert.deepEqual([answer.status, answer.statusText, bodyOf(answer)], [200, "OK", '{"ok":true}']);
    assert.equal(answer.headers["x-two"], "a, b");
    const { method, body, headers } = seen.at(-1) ?? assert.fail();
    assert.deepEqual(
      [method, body, headers["content-length"], headers["authorization"]],
      ["POST", '{"ä":1}', "8", "Bearer x"],
    );
  });

  it("unpacks what is packed, and reads no more than it is told", async () => {
    assert.equal(bodyOf(await send("/gzip")), "unpacked");
    const bomb = await send("/bomb");
    assert.deepEqual([bomb.body.length, bomb.isCut], [1_000, true]);
  });

  it("follows a redirect on the same host, with or without the body as its status says", async () => {
    await send("/again", { method: "POST", body: "{}" });
    const { method, url, body, headers } = seen.at(-1) ?? assert.fail();
    assert.deepEqual([method, url, body, headers["idempotency-key"]], ["POST", "/json", "{}", "k1"]);
    await send("/see", { method: "POST", body: "{}" });
    const other = seen.at(-1) ?? assert.fail();
    assert.deepEqual(
      [other.method, other.url, other.body, other.headers["idempotency-key"]],
      ["GET", "/json", "", undefined],
    );
  });

  it("refuses a redirect to another host, and to go round in circles", async () => {
    await assert.rejects(
      send("/elsewhere"),
      /redirects \(HTTP 302\) to http:\/\/other\.example, which is another host/,
    );
    const before = seen.length;
    await assert.rejects(send("/round"), /redirected more than 5 times/);
    assert.equal(seen.length - before, 6);
  });

  it("rejects where the connection is lost, before the answer or within it", async () => {
    await assert.rejects(send("/lost"), /socket hang up|ECONNRESET/);
    await assert.rejects(send("/cut-off"), /aborted|ECONNRESET/);
    await assert.rejects(send("http://127.0.0.1:1/"), /ECONNREFUSED/);
  });

  it("ends with its signal", async () => {
    const stop = new AbortController();
    const call = send("/silent", { signal: stop.signal });
    setImmediate(() => stop.abort(new Error("stopped")));
    await assert.rejects(call, /abort|stopped/i);
  });

  it("asks no address where a machine is told its credentials, however it is written", async () => {
    for (const url of [
      "http://169.254.169.254/latest/meta-data",
      "http://0xa9fea9fe/",
      "http://2852039166/",
      "http://[fd00:ec2::254]/",
      "http://[::ffff:169.254.169.254]/",
      "http://[fe80::1]/",
    ]) {
      await assert.rejects(send(url), /told its own credentials/, url);
    }
    for (const address of ["10.0.0.1", "192.168.1.1", "127.0.0.1", "::1", "fd12::1", "203.0.113.7"]) {
      assert.equal(isRefusedAddress(address), false, address);
    }
  });

  it("asks none that a name leads to, and any other that it leads to", async () => {
    assert.equal((await send(base.replace("127.0.0.1", "localhost"))).status, 200);
    const found = (options: { readonly all: boolean }) =>
      new Promise<unknown>((resolve) => guardedLookup("169.254.169.254", options, (error) => resolve(error?.message)));
    for (const all of [true, false]) assert.match(String(await found({ all })), /told its own credentials/);
  });

  it("goes through the proxy of the settings", async (test) => {
    const proxy = await startHttpProxy(test, { to: Number(new URL(base).port) });
    const own = new NodeHttpClient(() => requestAgents({ proxy: { by: "own", url: proxy.url } }, {}));
    const options = { signal: new AbortController().signal, mostBytes: 1_000 };
    const answer = await own.send({ method: "GET", url: "http://outcrop.invalid/json", headers: {} }, options);
    assert.equal(bodyOf(answer), '{"ok":true}');
    assert.deepEqual(proxy.seen, ["GET http://outcrop.invalid/json"]);
  });
});
