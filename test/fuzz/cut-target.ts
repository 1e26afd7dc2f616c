import * as fc from "fast-check";
import { openCut, writtenJournal } from "../support/cut-journal.ts";
import { type FuzzTarget, fuzzTarget } from "./fuzz-target.ts";

const written = writtenJournal();

/** A journal that is cut at any byte opens as a session that goes on, with at most what was being written lost. */
export const cutTarget: FuzzTarget = fuzzTarget("journals cut at any byte", 0.01, fc.nat(), async (position) => {
  const bytes = await written;
  await openCut(bytes, position % (bytes.length + 1));
});
