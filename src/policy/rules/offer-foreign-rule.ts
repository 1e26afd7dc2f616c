import { t } from "../../protocol/localize.ts";
import type { ForeignFacts } from "./judge-foreign-rules.ts";
import type { FileRuleOffer } from "./offer-file-rules.ts";

/** `until`: its last day. For a tool of others as it is defined now. */
export function offerForeignRule({ tool, definition }: ForeignFacts, until: string): FileRuleOffer {
  const spec = { kind: "foreign", definition } as const;
  return { label: t("{0} as it is now", tool), rules: [{ effect: "allow", tool, spec, until }] };
}
