import { readPageState, writePageState } from "../host.ts";
import { isRecord } from "../host-messages.ts";
import { chat } from "../session/panel-state.ts";
import { draft } from "./draft.ts";
import { parseKeptDrafts, replaceDraft } from "./kept-drafts.ts";

/** Forgets what was written for a chat; without one, everything that outlives the page. */
export function dropDrafts(session?: string): void {
  if (session === undefined || session === chat.peek()?.sessionId) draft.value = "";
  const state = readPageState();
  const dropped = { session: session ?? "", text: "", start: 0, end: 0 };
  const others = isRecord(state) && { ...state, drafts: replaceDraft(parseKeptDrafts(state), dropped) };
  writePageState(session === undefined ? {} : { ...others });
}
