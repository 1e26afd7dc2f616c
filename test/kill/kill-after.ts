import type { ChatEvent } from "../../src/protocol/chat-event.ts";

/** So many events, of one type or of all. */
export interface KillPoint {
  readonly count: number;
  readonly type?: ChatEvent["type"];
}

/**
 * Kills this process, as the system would, as soon as it has said so many events on standard output: from outside it might come
 * to its end before the kill reaches it.
 */
export function killAfter({ count, type }: KillPoint): void {
  const { stdout } = process;
  const write = stdout.write.bind(stdout);
  let said = 0;
  Object.assign(stdout, {
    write: (...given: Parameters<typeof write>) => {
      const result = write(...given);
      const event: ChatEvent = JSON.parse(String(given[0]));
      if (type === undefined || event.type === type) said++;
      if (said >= count) process.kill(process.pid, "SIGKILL");
      return result;
    },
  });
}
