import type { ApprovalDetail, ApprovalRequest } from "../../src/protocol/approval.ts";
import { visibleText } from "../markdown/visible-text.ts";
import { ApprovalValue } from "./approval-value.tsx";

/** A value up to this length, without line breaks, stands beside its label. */
const longestInline = 120;

interface ApprovalDetailsProps {
  readonly request: ApprovalRequest;
  readonly id: string | undefined;
}

/** What exactly will run or change, in the host's order and as plain text. */
export function ApprovalDetails({ request, id }: ApprovalDetailsProps) {
  return (
    <dl class="approval-details" id={id}>
      {request.details.map((detail, index) => (
        <div
          class={`approval-detail ${isInline(detail) ? "approval-detail-inline" : ""}`}
          key={`${index} ${detail.label}`}
        >
          <dt>{visibleText(detail.label)}</dt>
          <dd>
            <ApprovalValue request={request} index={index} detail={detail} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function isInline({ value, format }: ApprovalDetail): boolean {
  return format === undefined && value.length <= longestInline && !value.includes("\n");
}
