import type { ChatState } from "./chat-state.ts";

/** Nothing was ever said in it: neither was something taken back, nor is it what was copied of another one. */
export function isNewChat({ past, current, rewound, title }: ChatState): boolean {
  return past.length === 0 && current === null && rewound === undefined && title === undefined;
}
