import type { ApprovalRequest } from "../../src/protocol/approval.ts";
import { visibleText } from "../markdown/visible-text.ts";
import { Button } from "../primitives/button.tsx";
import { decide, takesAllow, takesAnswer } from "../session/approvals.ts";
import { pendingApprovals } from "../session/panel-state.ts";
import { plural, t } from "../strings.ts";
import { nameRequest } from "./name-request.ts";

/** The rest is on the cards alone. */
const mostListed = 6;

/** Several questions of the first tier at once: what they are, and one answer to all. Each is armed and read as on its card. */
export function BatchBar() {
  const requests = pendingApprovals.value.filter(({ tier }) => tier === 1);
  if (requests.length < 2) return null;
  const count = plural(requests.length, "{0} approval", "{0} approvals");
  return (
    <section class="batch" aria-label={t("{0} wait", count)}>
      <div class="batch-row">
        <span class="batch-count">{count}</span>
        <Button
          kind="primary"
          disabled={!requests.every(takesAllow)}
          title={t("Allow these once")}
          onPress={() => answerAll(requests, (request) => decide(request, { kind: "allow" }))}
        >
          {t("Allow All")}
        </Button>
        <Button
          disabled={!requests.every(takesAnswer)}
          title={t("Go on without these")}
          onPress={() => answerAll(requests, (request) => decide(request, { kind: "skip", feedback: "" }))}
        >
          {t("Skip All")}
        </Button>
      </div>
      <ul class="batch-list">
        {requests.slice(0, mostListed).map((request) => (
          <li key={`${request.id} ${request.digest}`}>{describe(request)}</li>
        ))}
        {requests.length > mostListed && <li>{t("and {0} more", requests.length - mostListed)}</li>}
      </ul>
    </section>
  );
}

function answerAll(requests: readonly ApprovalRequest[], answer: (request: ApprovalRequest) => void): void {
  for (const request of requests) answer(request);
}

function describe(request: ApprovalRequest): string {
  const marks = request.labels.length === 0 ? "" : ` (${request.labels.join(", ")})`;
  return visibleText(`${nameRequest(request)}${marks}`);
}
