import type { RequestCall } from "../../agent/tool.ts";
import type { FileRuleOffer } from "./offer-file-rules.ts";

/** `until`: its last day. For an HTTP tool as it is defined now. */
export function offerRequestRule(tool: string, { method, template }: RequestCall, until: string): FileRuleOffer {
  const spec = { kind: "request", method, template } as const;
  return { label: `${tool}, ${method} ${template}`, rules: [{ effect: "allow", tool, spec, until }] };
}
