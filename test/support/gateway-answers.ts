import type { Reply } from "../../src/emulator/script-schema.ts";

const words = Array.from({ length: 100 }, (_, index) => `word-${index + 100} `);
export const slowText = words.join("");

/** A hundred deltas in four seconds, as a model writes them. */
export const slowAnswer: Reply = { text: words, tokensPerSecond: 25 };

/** Lines with which nginx holds the whole of it back. */
export const heldBackWhole = ["proxy_buffers 8 256k;", "proxy_buffer_size 256k;", "proxy_busy_buffers_size 512k;"];

/** What the user is told of a gateway that buffers. */
export function bufferingAdvice(host: string): string {
  return `The gateway at ${host} holds answers back instead of streaming them: turn its response buffering off (nginx: proxy_buffering off; Kong: response_buffering false on the route).`;
}
