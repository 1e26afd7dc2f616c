import { runHostCommand } from "../host.ts";
import { focusComposer } from "./draft.ts";

/** Opens VS Code's own list of what may be attached. */
export function addContext(): void {
  // Where the focus is wanted when the list closes.
  focusComposer();
  runHostCommand("addContext");
}
