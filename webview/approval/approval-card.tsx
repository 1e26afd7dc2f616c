import { useEffect, useId, useState } from "preact/hooks";
import type { ApprovalRequest } from "../../src/protocol/approval.ts";
import { showDiff } from "../host.ts";
import { Icon } from "../icon.tsx";
import { visibleText } from "../markdown/visible-text.ts";
import { Button } from "../primitives/button.tsx";
import { SplitButton } from "../primitives/split-button.tsx";
import { allowOrShow, armRequest, decide, isRead, readFirst, takesAllow, takesAnswer } from "../session/approvals.ts";
import { keyNames } from "../session/key-names.ts";
import { pendingApprovals } from "../session/panel-state.ts";
import { t } from "../strings.ts";
import { ApprovalDetails } from "./approval-details.tsx";
import { offerGroups } from "./offer-groups.ts";

/** The question whether a tool may do what it is about to do. It never takes the focus, and no plain key answers it. */
export function ApprovalCard({ request }: { readonly request: ApprovalRequest }) {
  const [feedback, setFeedback] = useState("");
  const id = useId();
  useEffect(() => armRequest(request), []);
  const skip = () => decide(request, { kind: "skip", feedback: feedback.trim() });
  return (
    <section
      class={`approval approval-tier-${request.tier}`}
      aria-label={nameOf(request)}
      aria-describedby={`${id}-details ${id}-reason`}
      data-approval={request.id}
      tabIndex={-1}
      onKeyDownCapture={(event) => {
        // A key held down since before the card came must not answer it.
        if (event.repeat && (event.key === "Enter" || event.key === " ")) event.preventDefault();
      }}
    >
      <Place id={request.id} />
      <div class="approval-title">{visibleText(request.title)}</div>
      <Labels labels={request.labels} />
      <Warnings warnings={request.warnings} />
      <ApprovalDetails request={request} id={isSpoken(request) ? `${id}-details` : undefined} />
      {request.reason !== "" && (
        <div class="approval-reason" id={`${id}-reason`}>
          <span class="approval-why">{t("Why am I asked?")}</span> {visibleText(request.reason)}
        </div>
      )}
      <div class="approval-buttons">
        <AllowButton request={request} />
        <Button disabled={!takesAnswer(request)} title={t("Go on without this ({0})", keyNames.skip)} onPress={skip}>
          {t("Skip")}
        </Button>
        {request.details.some(({ format }) => format === "diff") && (
          <Button kind="link" onPress={() => showDiff(request.id)}>
            {t("Open Diff")}
          </Button>
        )}
      </div>
      <ButtonNote request={request} />
      <input
        class="approval-feedback"
        type="text"
        value={feedback}
        placeholder={t("Reason for skipping (optional)")}
        aria-label={t("Reason for skipping, which the model is told (optional). Enter skips.")}
        onInput={(event) => setFeedback(event.currentTarget.value)}
        onKeyDown={(event) => {
          const bare = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
          if (event.key !== "Enter" || !bare || event.repeat || event.isComposing || feedback.trim() === "") return;
          event.preventDefault();
          skip();
        }}
      />
    </section>
  );
}

/** Most that is said with a card, in characters. */
const longestSpoken = 1_000;

/** What is short is said with the card; a difference, and whatever is long, is read line by line. */
function isSpoken({ details }: ApprovalRequest): boolean {
  const length = details.reduce((sum, { value }) => sum + value.length, 0);
  return length <= longestSpoken && details.every(({ format }) => format !== "diff");
}

/** Which of several this is; its name says it to screen readers. */
function Place({ id }: { readonly id: string }) {
  const pending = pendingApprovals.value;
  if (pending.length < 2) return null;
  return (
    <div class="approval-place" aria-hidden="true">
      {t("{0} of {1}", positionOf(id), pending.length)}
    </div>
  );
}

function positionOf(id: string): number {
  return pendingApprovals.value.findIndex((other) => other.id === id) + 1;
}

/** Several cards of the same title are told apart. */
function nameOf({ id, title }: ApprovalRequest): string {
  const pending = pendingApprovals.value;
  const position = positionOf(id);
  return pending.length > 1
    ? t("Approval {0} of {1} required: {2}", position, pending.length, visibleText(title))
    : t("Approval required: {0}", visibleText(title));
}

function Labels({ labels }: { readonly labels: readonly string[] }) {
  if (labels.length === 0) return null;
  return (
    <ul class="approval-labels" aria-label={t("What is special about it")}>
      {labels.map((label) => (
        <li key={label}>{visibleText(label)}</li>
      ))}
    </ul>
  );
}

function Warnings({ warnings }: { readonly warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <ul class="approval-warnings" aria-label={t("Warnings")}>
      {warnings.map((warning) => (
        <li key={warning}>
          <Icon name="warning" />
          <span>{visibleText(warning)}</span>
        </li>
      ))}
    </ul>
  );
}

function AllowButton({ request }: { readonly request: ApprovalRequest }) {
  const others = pendingApprovals.value.length > 1 ? t(" · {0}: next approval", keyNames.nextApproval) : "";
  if (request.tier === 2) {
    return (
      <Button
        kind="primary"
        disabled={!takesAnswer(request)}
        title={t("Show the dialog in which this is allowed ({0})", keyNames.allow) + others}
        onPress={() => allowOrShow(request)}
      >
        {t("Show Dialog")}
      </Button>
    );
  }
  return (
    <SplitButton
      label={t("Allow Once")}
      title={t("Allow once ({0})", keyNames.allow) + others}
      menuLabel={t("More ways to allow")}
      groups={offerGroups(request)}
      disabled={!takesAllow(request)}
      onPress={() => allowOrShow(request)}
    />
  );
}

/** What the main button waits for, or why there is no Allow. */
function ButtonNote({ request }: { readonly request: ApprovalRequest }) {
  if (request.tier === 2) {
    return <div class="approval-note">{t("This is allowed only in a dialog of VS Code, one at a time.")}</div>;
  }
  if (isRead(request) || !takesAnswer(request)) return null;
  return <div class="approval-note">{readFirst()}</div>;
}
