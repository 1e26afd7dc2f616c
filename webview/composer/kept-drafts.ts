import { isRecord } from "../host-messages.ts";

/** A session's unsent text, and where the selection in it begins and ends. */
export interface KeptDraft {
  readonly session: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Drafts beyond this many are forgotten, the oldest first. */
const mostDrafts = 20;

/** Reads the page's state, whoever wrote it; what is no draft is left out. */
export function parseKeptDrafts(state: unknown): readonly KeptDraft[] {
  const drafts = isRecord(state) ? state["drafts"] : undefined;
  return Array.isArray(drafts) ? drafts.flatMap(parseDraft) : [];
}

function parseDraft(value: unknown): readonly KeptDraft[] {
  if (!isRecord(value)) return [];
  const { session, text, start, end } = value;
  if (typeof session !== "string" || typeof text !== "string") return [];
  return typeof start === "number" && typeof end === "number" ? [{ session, text, start, end }] : [];
}

/** The drafts with this one last, or without it when nothing is in it. */
export function replaceDraft(drafts: readonly KeptDraft[], kept: KeptDraft): readonly KeptDraft[] {
  const others = drafts.filter(({ session }) => session !== kept.session);
  return kept.text === "" ? others : [...others, kept].slice(-mostDrafts);
}
