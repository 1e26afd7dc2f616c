import type { ContextReference } from "../../src/protocol/attachment.ts";
import { attach } from "../host.ts";
import { context } from "../session/panel-state.ts";

/** Asked for, and not among what the host has shown yet: a prompt that is sent meanwhile takes them along. */
const asked = new Set<string>();

export function attachContext(reference: ContextReference): string {
  const id = crypto.randomUUID();
  asked.add(id);
  attach(id, reference);
  return id;
}

/** What goes with the prompt that is sent now; from then on nothing does. */
export function takeAttachmentIds(): readonly string[] {
  const shown = context.value?.attachments.map(({ id }) => id) ?? [];
  for (const id of shown) asked.delete(id);
  const ids = [...shown, ...asked];
  asked.clear();
  return ids;
}
