import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** Passes TCP connections through to a port of this machine, and can break them in the middle. */
export interface Relay {
  readonly port: number;
  /** Closes every connection on the client's side, as a server or a proxy does with an idle one. */
  dropAll(how: "fin" | "reset"): void;
  close(): Promise<void>;
}

export async function startRelay(targetPort: number, port = 0): Promise<Relay> {
  const clients = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    const target = connect(targetPort, "127.0.0.1");
    clients.add(client);
    client.once("close", () => {
      clients.delete(client);
      target.destroy();
    });
    target.once("close", () => client.destroySoon());
    client.on("error", () => client.destroy());
    target.on("error", () => target.destroy());
    client.pipe(target).pipe(client);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    dropAll: (how) => {
      for (const client of clients) {
        if (how === "fin") client.destroySoon();
        else client.resetAndDestroy();
      }
    },
    close: async () => {
      const closed = once(server, "close");
      server.close();
      for (const client of clients) client.destroy();
      await closed;
    },
  };
}
