import { type OpenedSession, SessionFolder } from "../../../src/chat/session-folder.ts";

/** Opens the session of a folder as a window does that remembers none. */
export function openFolder(path: string): Promise<OpenedSession> {
  const memory = { recent: () => [], update: async () => undefined };
  return new SessionFolder({ path, memory, pid: process.pid, patienceMs: 0 }).openCurrent();
}
