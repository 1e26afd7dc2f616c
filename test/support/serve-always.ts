import { once } from "node:events";
import { createServer } from "node:http";
import type { TestContext } from "node:test";

/** A server that answers every request alike, until the test ends. */
export async function serveAlways(test: TestContext, status: number, body: string, type = "application/json") {
  let asked = 0;
  const server = createServer((request, response) => {
    asked++;
    request.resume();
    response.writeHead(status, { "content-type": type }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, asked: () => asked };
}
