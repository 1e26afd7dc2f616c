import type { TestContext } from "node:test";
import { serve } from "./serve.ts";

/** A server that answers every request alike, until the test ends. */
export async function serveAlways(test: TestContext, status: number, body: string, type = "application/json") {
  let asked = 0;
  const url = await serve(test, (request, response) => {
    asked++;
    request.resume();
    response.writeHead(status, { "content-type": type }).end(body);
  });
  return { url, asked: () => asked };
}
