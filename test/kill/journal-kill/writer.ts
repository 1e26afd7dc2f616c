import { writeSync } from "node:fs";
import { parseArgs } from "node:util";
import { type JournalRecord, serializeRecord } from "../../../src/chat/journal-schema.ts";
import type { SessionStore } from "../../../src/chat/session-options.ts";
import { playWrittenSession } from "../../support/play-written-session.ts";
import { killAtByte } from "./kill-at-byte.ts";
import { openFolder } from "./open-folder.ts";

// The process that is killed: opens the session of a folder as a window does, plays turns in it, and tells of everything
// that the journal has taken, once it has.
const { values } = parseArgs({
  options: {
    folder: { type: "string", default: "" },
    bytes: { type: "string" },
    life: { type: "string", default: "" },
  },
});
if (values.bytes !== undefined) killAtByte(Number(values.bytes), (path) => path.endsWith(".jsonl"));

const tell = (record: JournalRecord): void => void writeSync(1, `${serializeRecord(record)}\n`);
const { start, journal, close } = await openFolder(values.folder);
const store: SessionStore = {
  event: (event) => {
    journal.event(event);
    tell({ event });
  },
  message: (message) => {
    journal.message(message);
    tell({ message });
  },
  prompt: (id, prompt) => {
    journal.prompt(id, prompt);
    tell({ queued: id, prompt });
  },
  untrusted: () => {
    journal.untrusted();
    tell({ untrusted: true });
  },
  flush: () => journal.flush(),
};
await playWrittenSession(start, store, values.life);
await close();
