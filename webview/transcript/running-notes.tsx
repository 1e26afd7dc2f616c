import type { ToolCall } from "../../src/protocol/chat-state.ts";
import { secretNote } from "../../src/protocol/secret-prompt.ts";
import { runHostCommand } from "../host.ts";
import { Button } from "../primitives/button.tsx";
import { useClock } from "../primitives/use-clock.ts";
import { openQuestions } from "../session/panel-state.ts";
import { t } from "../strings.ts";

/** After this without a word of its own a call is said to be waited for, in milliseconds. */
const slowMs = 10_000;

type Running = Extract<ToolCall["status"], { kind: "running" }>;

/** What a running call waits for, where that is not its own work: the user at its terminal, or whoever answers it. */
export function RunningNotes({ call, status }: { readonly call: ToolCall; readonly status: Running }) {
  if (call.output.endsWith(secretNote)) {
    return (
      <div class="running-note">
        <span>{t("It seems to ask for a secret. Nothing types it for you: focus the terminal to type it.")}</span>
        {status.choice === undefined && <ShowTerminal />}
      </div>
    );
  }
  return call.output === "" && openQuestions.value.length === 0 ? (
    <SlowNote name={call.name} since={status.since} />
  ) : null;
}

function SlowNote({ name, since }: { readonly name: string; readonly since: number }) {
  const now = useClock(true);
  if (now - since < slowMs) return null;
  return <div class="running-note">{t("Waiting for tool '{0}' to respond…", name)}</div>;
}

/** Whether a program of this call can be seen in a terminal: what a rule let through runs without one. */
export function hasTerminal({ name, allowedBy }: ToolCall): boolean {
  return name === "run_task" || name === "run_tests" || (name === "run_command" && allowedBy === undefined);
}

export function ShowTerminal() {
  return (
    <Button kind="link" onPress={() => runHostCommand("showTerminal")}>
      {t("Show Terminal")}
    </Button>
  );
}
