import type { ApprovalRequest } from "../protocol/approval.ts";
import type { ClassifiedCall } from "./classify-call.ts";
import type { Redactor } from "./redaction/redactor.ts";

/** What a rule keeps of a definition is masked; so is what it is compared with. */
export function maskDefinition(classified: ClassifiedCall, redactor: Redactor): ClassifiedCall {
  const { task, foreign } = classified;
  const masked = <Facts extends { readonly text: string }>(facts: Facts | undefined): Facts | undefined =>
    facts && { ...facts, text: redactor.redact(facts.text) };
  return { ...classified, task: masked(task), foreign: masked(foreign) };
}

/** A secret in an edit's old or new text is no more shown than sent. */
export function maskRequest(request: ApprovalRequest, redactor: Redactor): ApprovalRequest {
  return {
    ...request,
    details: request.details.map((detail) => ({ ...detail, value: redactor.redact(detail.value) })),
  };
}
