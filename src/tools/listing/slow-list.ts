import { searchCandidates } from "../search-candidates.ts";
import type { ListEngine } from "./list-engine.ts";

/** The engine for machines without ripgrep: the same files, folder after folder. */
export const slowList: ListEngine = async (request, signal) => {
  const { mostFiles, deadline } = request;
  const paths: string[] = [];
  let unreadable = 0;
  const end = (stoppedBy: "limit" | "deadline" | undefined) => {
    signal.throwIfAborted();
    return { paths, stoppedBy, leftOut: unreadable > 0 ? ["some files could not be read"] : [] };
  };
  for await (const path of searchCandidates(request, AbortSignal.any([signal, deadline]), () => unreadable++)) {
    if (paths.length === mostFiles) return end("limit");
    paths.push(path);
  }
  return end(deadline.aborted ? "deadline" : undefined);
};
