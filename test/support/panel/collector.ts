import { createServer } from "node:http";

/** A server that nobody may reach. */
export interface Collector {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** What came: a connection without a request as `connection`. */
  readonly received: readonly string[];
  close(): Promise<void>;
}

/** Starts a server to which hostile text points; the test fails on anything that it receives. */
export async function startCollector(): Promise<Collector> {
  const received: string[] = [];
  const server = createServer((request, response) => {
    received.push(`${request.method} ${request.url}`);
    response.end();
  });
  server.on("connection", () => received.push("connection"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The collector listens on no port.");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
