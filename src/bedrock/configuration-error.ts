import { ModelError } from "../agent/model.ts";
import type { ErrorAction } from "../protocol/turn-error.ts";

/** Something in the settings that no request could succeed with. */
export function configurationError(message: string, actions: readonly ErrorAction[]): ModelError {
  return new ModelError({ kind: "configuration", message, actions }, { most: 0, baseMs: 0 });
}
