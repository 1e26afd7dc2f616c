import type { TurnError } from "../../src/protocol/turn-error.ts";
import { copyText } from "../markdown/answer-clicks.ts";
import { visibleText } from "../markdown/visible-text.ts";
import { Button } from "../primitives/button.tsx";
import { Disclosure } from "../primitives/disclosure.tsx";
import { PlainOutput } from "../primitives/plain-output.tsx";
import { formatDuration, formatNumber, formatTime, t } from "../strings.ts";

/** A fold with what is known of each error, first to last. */
export function ErrorDetails({ errors }: { readonly errors: readonly TurnError[] }) {
  return (
    <Disclosure class="notice-details" header={<span>{t("Details")}</span>}>
      {() => <ErrorList errors={errors} />}
    </Disclosure>
  );
}

/** What is known of each error, to read and to copy into a report. */
export function ErrorList({ errors }: { readonly errors: readonly TurnError[] }) {
  return (
    <div class="error-list">
      <ol class="error-items">
        {errors.map((error, index) => (
          <li key={index} class="error-item">
            {errors.length > 1 && (
              <div class="error-message">{t("{0}. {1}", formatNumber(index + 1), visibleText(error.message))}</div>
            )}
            <div class="error-facts">
              {factsOf(error).map((fact) => (
                <span key={fact}>{visibleText(fact)}</span>
              ))}
            </div>
            {error.detail !== undefined && error.detail !== "" && (
              <PlainOutput label={t("What was reported")} text={error.detail} />
            )}
          </li>
        ))}
      </ol>
      <CopyDetails errors={errors} />
    </div>
  );
}

function CopyDetails({ errors }: { readonly errors: readonly TurnError[] }) {
  return (
    <Button kind="link" onPress={(button) => void copyText(errors.map(describeError).join("\n\n"), button)}>
      {t("Copy Details")}
    </Button>
  );
}

/** What is known of a failed call beside its words. */
function factsOf({ kind, httpStatus, at, elapsedMs, requestId, endpoint }: TurnError): readonly string[] {
  return [
    t("Kind: {0}", kind),
    ...(httpStatus === undefined ? [] : [t("HTTP status: {0}", httpStatus)]),
    ...(at === undefined ? [] : [t("Time: {0}", formatTime(at))]),
    ...(elapsedMs === undefined ? [] : [t("After: {0}", formatDuration(elapsedMs))]),
    ...(requestId === undefined ? [] : [t("Request ID: {0}", requestId)]),
    ...(endpoint === undefined ? [] : [t("Endpoint: {0}", endpoint)]),
  ];
}

/** An error as plain text, for a report. */
function describeError(error: TurnError): string {
  return [error.message, ...factsOf(error), error.detail ?? ""].filter((line) => line !== "").join("\n");
}
