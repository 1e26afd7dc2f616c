import { useEffect, useState } from "preact/hooks";
import type { ApprovalRequest } from "../../src/protocol/approval.ts";
import { visibleText } from "../markdown/visible-text.ts";
import { Button } from "../primitives/button.tsx";
import { type MenuItem, SplitButton } from "../primitives/split-button.tsx";
import { answered, armed, armRequest, decide, requestKey } from "../session/approvals.ts";
import { keyNames } from "../session/panel-keys.ts";
import { t } from "../strings.ts";

/** The question whether a tool may do what it is about to do. It never takes the focus, and no plain key answers it. */
export function ApprovalCard({ request }: { readonly request: ApprovalRequest }) {
  const [feedback, setFeedback] = useState("");
  useEffect(() => armRequest(request), []);
  const key = requestKey(request);
  const disabled = !armed.value.has(key) || answered.value.has(key);
  const skip = () => decide(request, { kind: "skip", feedback: feedback.trim() });
  return (
    <section
      class="approval"
      aria-label={t("Approval required: {0}", visibleText(request.title))}
      data-approval={request.id}
      tabIndex={-1}
      onKeyDownCapture={(event) => {
        // A key held down since before the card came must not answer it.
        if (event.repeat && (event.key === "Enter" || event.key === " ")) event.preventDefault();
      }}
    >
      <div class="approval-title">{visibleText(request.title)}</div>
      <dl class="approval-details">
        {request.details.map(({ label, value }, index) => (
          <div class="approval-detail" key={`${index} ${label}`}>
            <dt>{visibleText(label)}</dt>
            <dd>{visibleText(value)}</dd>
          </div>
        ))}
      </dl>
      {request.reason !== "" && <div class="approval-reason">{visibleText(request.reason)}</div>}
      <div class="approval-buttons">
        <SplitButton
          label={t("Allow Once")}
          title={t("Allow once ({0})", keyNames.allow)}
          menuLabel={t("More ways to allow")}
          items={moreScopes(request)}
          disabled={disabled}
          onPress={() => decide(request, { kind: "allow", scope: "once" })}
        />
        <Button disabled={disabled} title={t("Go on without this ({0})", keyNames.skip)} onPress={skip}>
          {t("Skip")}
        </Button>
      </div>
      <input
        class="approval-feedback"
        type="text"
        value={feedback}
        placeholder={t("Tell the model why (optional)")}
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

function moreScopes(request: ApprovalRequest): readonly MenuItem[] {
  return request.scopes
    .filter((scope) => scope === "session")
    .map((scope) => ({ label: t("Allow in this Session"), onPress: () => decide(request, { kind: "allow", scope }) }));
}
