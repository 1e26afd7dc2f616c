import type { ContextUse } from "../../src/protocol/context-use.ts";
import { costOfChat, costText } from "../../src/protocol/cost.ts";
import { runHostCommand, startNewChat } from "../host.ts";
import { Icon } from "../icon.tsx";
import { Button } from "../primitives/button.tsx";
import { Disclosure } from "../primitives/disclosure.tsx";
import { chat, contextUse, turns } from "../session/panel-state.ts";
import { formatNumber, formatShare, t } from "../strings.ts";
import { ContextRing } from "./context-ring.tsx";

/** From this share on, with what is kept for the answer, the user is warned. */
const nearlyFull = 0.9;

/** How full the model's window was after the last step, and with what; nothing where that is not known. */
export function ContextBar() {
  const use = contextUse.value;
  if (use === undefined) return null;
  const { window, reserved = 0 } = use;
  const sum = sumOf(use);
  const isNear = (sum + reserved) / window >= nearlyFull;
  return (
    <Disclosure
      class={`context-use ${isNear ? "context-near" : ""}`}
      title={wholeOf(use)}
      header={
        <>
          <ContextRing share={sum / window} />
          <span class="visually-hidden">{t("Context")} </span>
          {formatShare(sum / window)}
          {isNear && (
            <>
              <span class="visually-hidden">{t(", nearly full")}</span>
              <Icon name="warning" />
            </>
          )}
        </>
      }
    >
      {() => (
        <>
          {isNear && <NearlyFull />}
          <Parts use={use} />
          <SessionCost />
        </>
      )}
    </Disclosure>
  );
}

function NearlyFull() {
  return (
    <div>
      {t("The context is nearly full.")}{" "}
      <Button kind="link" onPress={startNewChat}>
        {t("New Chat")}
      </Button>
    </div>
  );
}

function Parts({ use }: { readonly use: ContextUse }) {
  const { system, tools, history, attachments, window, reserved, counted } = use;
  const parts = [
    [t("System prompt"), system],
    [t("Tools"), tools],
    [t("Conversation"), history],
    [t("Attachments"), attachments],
  ] as const;
  const free = Math.max(0, window - sumOf(use));
  return (
    <>
      <span class="context-bar">
        {[...parts, ["", free] as const].map(([name, tokens]) => (
          <i key={name} style={{ flexGrow: tokens }} />
        ))}
      </span>
      <ul>
        <li>{counted ? wholeOf(use) : t("{0} (est.)", wholeOf(use))}</li>
        {parts.map(([name, tokens]) => (
          <li key={name}>{t("{0}: {1} (est.)", name, formatNumber(tokens))}</li>
        ))}
        {reserved !== undefined && <li>{t("Reserved for response: {0}", formatNumber(reserved))}</li>}
      </ul>
    </>
  );
}

/** What the chat cost so far, with what was taken back; nothing where nothing costs. */
function SessionCost() {
  const cost = chat.value === null ? undefined : costOfChat({ ...chat.value, past: turns.value });
  if (cost === undefined) return null;
  return (
    <div>
      {t("Session cost: {0}, {1}", costText(cost), cost.prices)}{" "}
      <Button kind="link" onPress={() => runHostCommand("showUsage")}>
        {t("Show Usage")}
      </Button>
    </div>
  );
}

function sumOf({ system, tools, history, attachments }: ContextUse): number {
  return system + tools + history + attachments;
}

function wholeOf(use: ContextUse): string {
  return t("{0} of {1} tokens of context", formatNumber(sumOf(use)), formatNumber(use.window));
}
