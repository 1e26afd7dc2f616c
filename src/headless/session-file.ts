import { randomUUID } from "node:crypto";
import { Journal } from "../chat/journal.ts";
import { JournalError, readJournal } from "../chat/read-journal.ts";
import { newSession, restoreSession, type SessionStart } from "../chat/restore-session.ts";
import type { SessionStore } from "../chat/session-options.ts";

/** The file of `--session` cannot be read or written; the message names it and says why. */
export class SessionFileError extends Error {
  override readonly name = "SessionFileError";
}

export interface OpenedSession {
  readonly start: SessionStart;
  /** `flush` rejects with a `SessionFileError`. */
  readonly store: SessionStore;
}

/** The session that a file holds, or a new one that is kept there; without a file a new one that is forgotten. Throws a `SessionFileError`. */
export async function openSession(file: string | undefined): Promise<OpenedSession> {
  if (file === undefined) return { start: newSession(randomUUID()), store: forgetful };
  const contents = await readJournal(file).catch((error: unknown) => {
    if (error instanceof JournalError) throw error;
    throw failure(`--session: ${file} cannot be read`, error);
  });
  const start = contents === undefined ? newSession(randomUUID()) : restoreSession(contents, Date.now());
  const journal = new Journal(file, start.chat.sessionId, contents !== undefined);
  return {
    start,
    store: {
      event: (event) => journal.event(event),
      message: (message) => journal.message(message),
      prompt: (id, prompt) => journal.prompt(id, prompt),
      untrusted: () => journal.untrusted(),
      flush: () =>
        journal.flush().catch((error: unknown) => {
          throw failure(`--session: ${file} cannot be written, so this turn is not kept`, error);
        }),
    },
  };
}

const forgetful: SessionStore = {
  event: () => undefined,
  message: () => undefined,
  prompt: () => undefined,
  untrusted: () => undefined,
  flush: async () => undefined,
};

function failure(problem: string, cause: unknown): SessionFileError {
  return new SessionFileError(`${problem}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
}
