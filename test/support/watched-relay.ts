import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import type { TestContext } from "node:test";

/** Passes TCP connections on to a port of this machine, and knows which of them the client has closed. */
export interface WatchedRelay {
  readonly port: number;
  /** Connections so far. */
  opened(): number;
  /** Connections that the client has not closed. */
  open(): number;
  /** Resolves when the client has closed the first so many connections. The test's own time limit ends the wait. */
  untilClosed(count: number): Promise<void>;
}

/** Goes with the test. */
export async function startWatchedRelay(test: TestContext, to: number): Promise<WatchedRelay> {
  const clients: { readonly socket: Socket; left: boolean }[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const client = { socket, left: false };
    clients.push(client);
    const target = connect(to, "127.0.0.1");
    const leave = (): void => {
      client.left = true;
      socket.destroy();
      target.destroy();
    };
    socket.on("end", leave).on("error", leave);
    target.on("error", () => target.destroy());
    socket.pipe(target).pipe(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  test.after(() => {
    for (const { socket } of clients) socket.destroy();
    server.close();
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    opened: () => clients.length,
    open: () => clients.filter(({ left }) => !left).length,
    untilClosed: async (count) => {
      while (clients.filter(({ left }) => left).length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}
