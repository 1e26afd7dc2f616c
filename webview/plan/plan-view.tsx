import { countDone, type PlanItem } from "../../src/protocol/plan.ts";
import { Icon } from "../icon.tsx";
import { visibleText } from "../markdown/visible-text.ts";
import { Disclosure } from "../primitives/disclosure.tsx";
import { chat } from "../session/panel-state.ts";
import { formatNumber, t } from "../strings.ts";

/** What the model means to do, above the composer: one line, and all of it unfolded. */
export function PlanView() {
  const plan = chat.value?.plan;
  if (plan === undefined) return null;
  return (
    <section class="batch plan" aria-label={t("Todos")}>
      <Disclosure
        class="plan-list"
        header={
          <>
            <Icon name="tasklist" />
            <span class="plan-now">{describeProgress(plan)}</span>
          </>
        }
      >
        {() => (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
          <ul tabIndex={0} aria-label={t("Todos")}>
            {plan.map(({ text, status }, index) => (
              <li key={`${index} ${text}`} class={`plan-${status}`}>
                <span class="plan-mark">{status === "done" && <Icon name="check" />}</span>
                <span>
                  {status !== "pending" && (
                    <span class="visually-hidden">{status === "done" ? t("Done:") : t("In progress:")} </span>
                  )}
                  {visibleText(text)}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Disclosure>
    </section>
  );
}

/** For example `Todos (3/7) · Now: Write the tests`. */
function describeProgress(plan: readonly PlanItem[]): string {
  const done = countDone(plan);
  const progress = t("Todos ({0}/{1})", formatNumber(done), formatNumber(plan.length));
  if (done === plan.length) return t("{0} · All done", progress);
  const now = plan.find(({ status }) => status === "in_progress");
  if (now !== undefined) return t("{0} · Now: {1}", progress, visibleText(now.text));
  const next = plan.find(({ status }) => status === "pending");
  return t("{0} · Next: {1}", progress, visibleText(next?.text ?? ""));
}
