import { ToolError } from "../agent/tool.ts";
import type { Decision } from "./decide-call.ts";
import type { PolicyGateOptions } from "./policy-gate-options.ts";

/** The last moment before a run. Throws where what allowed the call no longer holds. */
export function assertStillAllowed(
  decision: Decision,
  { isTrusted, allowAll }: Pick<PolicyGateOptions, "isTrusted" | "allowAll">,
): void {
  if (!isTrusted()) throw new ToolError("E_UNTRUSTED: The workspace is no longer trusted. Nothing was done.");
  if (decision.kind === "allow" && decision.by === "allow-all" && !allowAll.isOn) {
    throw new ToolError("E_STALE: Allow All was turned off. Nothing was done; call the tool again.");
  }
}
