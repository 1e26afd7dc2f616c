import { createServer } from "node:http";
import type { TestContext } from "node:test";
import { listen } from "./listen.ts";

/** A server that answers every request alike, until the test ends. */
export async function serveAlways(test: TestContext, status: number, body: string, type = "application/json") {
  let asked = 0;
  const server = createServer((request, response) => {
    asked++;
    request.resume();
    response.writeHead(status, { "content-type": type }).end(body);
  });
  const port = await listen(test, server);
  return { url: `http://127.0.0.1:${port}`, asked: () => asked };
}
