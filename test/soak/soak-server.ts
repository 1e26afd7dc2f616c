import { startEmulator } from "../../src/emulator/emulator-server.ts";
import { type FaultKind, faultKinds } from "../faults/fault-list.ts";
import { faultyReply } from "../faults/faulty-reply.ts";
import { SeededRandom } from "./seeded-random.ts";
import { soakReply } from "./soak-prompt.ts";

/** The far side of the soak, a process of its own: an emulator that answers every fourth request with some fault. */
const random = new SeededRandom(Number(process.argv[2]));
const faults = faultKinds.filter(({ stops }) => stops !== true);
const waiting = faults.filter(({ name }) => name.startsWith("stall"));

const emulator = await startEmulator({
  script: (call) => {
    const reply = soakReply(call);
    if (random.next() >= 0.25) return reply;
    // Silence costs a watchdog's patience, so there is little of it.
    const kind = pick(random.next() < 0.9 ? faults.filter((fault) => !waiting.includes(fault)) : waiting);
    return faultyReply(reply, kind, random.below(9));
  },
});
process.send?.(emulator.url);
process.once("disconnect", () => void emulator.close());

function pick(kinds: readonly FaultKind[]): FaultKind {
  const kind = kinds[random.below(kinds.length)];
  if (kind === undefined) throw new Error("There is no fault to choose from.");
  return kind;
}
