import type { Socket } from "node:net";

/** The TCP connections of a server, found again from a request that came over them, with or without TLS. */
export class Connections {
  readonly #byPeer = new Map<string, { readonly socket: Socket; readonly ordinal: number }>();
  #opened = 0;

  get opened(): number {
    return this.#opened;
  }

  add(socket: Socket): void {
    this.#opened += 1;
    const peer = peerOf(socket);
    this.#byPeer.set(peer, { socket, ordinal: this.#opened });
    socket.once("close", () => this.#byPeer.delete(peer));
  }

  /** @param socket the request's socket: the TCP one, a TLS one over it, or HTTP/2's view of either. */
  find(socket: PeerAddress): { readonly socket: Socket; readonly ordinal: number } | undefined {
    return this.#byPeer.get(peerOf(socket));
  }

  destroyAll(): void {
    for (const { socket } of this.#byPeer.values()) {
      socket.destroy();
    }
  }
}

export interface PeerAddress {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
}

function peerOf(socket: PeerAddress): string {
  return `${socket.remoteAddress}|${socket.remotePort}`;
}
