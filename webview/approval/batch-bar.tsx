import type { ApprovalRequest } from "../../src/protocol/approval.ts";
import { visibleText } from "../markdown/visible-text.ts";
import { Button, IconButton } from "../primitives/button.tsx";
import { decide, takesAllow, takesAnswer } from "../session/approvals.ts";
import { keyNames } from "../session/key-names.ts";
import { pendingApprovals } from "../session/panel-state.ts";
import { walkApprovals } from "../session/walk-cards.ts";
import { plural, t } from "../strings.ts";
import { nameRequest } from "./name-request.ts";

/** The rest is on the cards alone. */
const mostListed = 6;

/** Several questions at once: the way from one to the next, and those of the first tier with one answer to all. */
export function BatchBar() {
  const pending = pendingApprovals.value;
  if (pending.length < 2) return null;
  const count = plural(pending.length, "{0} approval", "{0} approvals");
  return (
    <section class="batch" aria-label={t("{0} wait", count)}>
      <div class="batch-row">
        <span class="batch-count">{count}</span>
        <IconButton
          icon="arrow-up"
          label={t("Previous approval")}
          title={t("Previous approval (Shift+{0})", keyNames.nextApproval)}
          onPress={() => walkApprovals(-1)}
        />
        <IconButton
          icon="arrow-down"
          label={t("Next approval")}
          title={t("Next approval ({0})", keyNames.nextApproval)}
          onPress={() => walkApprovals(1)}
        />
      </div>
      <AnswerAll requests={pending.filter(({ tier }) => tier === 1)} />
    </section>
  );
}

/** What can be answered at once, and the answer. Each is armed and read as on its card. */
function AnswerAll({ requests }: { readonly requests: readonly ApprovalRequest[] }) {
  if (requests.length < 2) return null;
  return (
    <>
      <div class="batch-row">
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
    </>
  );
}

function answerAll(requests: readonly ApprovalRequest[], answer: (request: ApprovalRequest) => void): void {
  for (const request of requests) answer(request);
}

function describe(request: ApprovalRequest): string {
  const marks = request.labels.length === 0 ? "" : ` (${request.labels.join(", ")})`;
  return visibleText(`${nameRequest(request)}${marks}`);
}
