import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { TestContext } from "node:test";
import { listen } from "./listen.ts";
import type { SelfSigned } from "./self-signed.ts";

/** Any server of Node's, on 127.0.0.0/8; answers with its URL. Goes with the test. */
export async function serve(test: TestContext, answer: RequestListener, tls?: SelfSigned): Promise<string> {
  const server = tls === undefined ? createServer(answer) : createTlsServer({ ...tls }, answer);
  const port = await listen(test, server, "0.0.0.0");
  return `${tls === undefined ? "http" : "https"}://127.0.0.1:${port}`;
}
