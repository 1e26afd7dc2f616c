import type { Place } from "./look-at-place.ts";

/** What the tools that move and delete need of an editor, or of the disk. */
export interface FilePlaces {
  /**
   * Gives a file or folder another path, folders above it made where they are missing. `to` is missing; what has come
   * there since is not overwritten. Throws a `ToolError`: E_STALE where either is not what it was, or what the disk says.
   */
  move(from: Place, to: Place): Promise<void>;
  /**
   * Takes a file or folder away so that the user can get it back. Resolves with where it is then, for a sentence: "the
   * trash". Throws a `ToolError` where it cannot be kept, or is not what it was; then it is where it was.
   */
  remove(place: Place): Promise<string>;
}
