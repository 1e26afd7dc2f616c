import { Disclosure } from "../primitives/disclosure.tsx";
import { contextUse } from "../session/panel-state.ts";
import { formatNumber, formatShare, t } from "../strings.ts";

/** How full the model's window was after the last step, and with what; nothing where that is not known. */
export function ContextBar() {
  const use = contextUse.value;
  if (use === undefined) return null;
  const { system, tools, history, attachments, window, counted } = use;
  const sum = system + tools + history + attachments;
  const parts = [
    [t("System prompt"), system],
    [t("Tools"), tools],
    [t("Conversation"), history],
    [t("Attachments"), attachments],
  ] as const;
  const all = t("{0} of {1} tokens of context", formatNumber(sum), formatNumber(window));
  return (
    <Disclosure
      class="context-use"
      title={all}
      header={
        <>
          <span class="context-bar">
            {[...parts, ["", Math.max(0, window - sum)] as const].map(([name, tokens]) => (
              <i key={name} style={{ flexGrow: tokens }} />
            ))}
          </span>
          <span class="visually-hidden">{t("Context")} </span>
          {formatShare(sum / window)}
        </>
      }
    >
      {() => (
        <ul>
          <li>{counted ? all : t("{0} (est.)", all)}</li>
          {parts.map(([name, tokens]) => (
            <li key={name}>{t("{0}: {1} (est.)", name, formatNumber(tokens))}</li>
          ))}
        </ul>
      )}
    </Disclosure>
  );
}
