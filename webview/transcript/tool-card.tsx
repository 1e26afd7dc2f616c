import type { ToolCall } from "../../src/protocol/chat-state.ts";
import { secretNote } from "../../src/protocol/secret-prompt.ts";
import { ApprovalCard } from "../approval/approval-card.tsx";
import { runHostCommand } from "../host.ts";
import { Icon, type IconName } from "../icon.tsx";
import { visibleText } from "../markdown/visible-text.ts";
import { Button } from "../primitives/button.tsx";
import { Disclosure } from "../primitives/disclosure.tsx";
import { PlainOutput } from "../primitives/plain-output.tsx";
import { useClock } from "../primitives/use-clock.ts";
import { formatDuration, t } from "../strings.ts";
import { type CallStage, callTitle, reasonOf, stageIcon, stageWord, tellsItself } from "./describe-call.ts";
import { RunningChoices } from "./running-choices.tsx";
import { RunningNotes } from "./running-notes.tsx";
import { streamingTarget } from "./streaming-target.ts";

/** Shorter than this is not worth a number, in milliseconds. */
const worthShowingMs = 1000;

/** Lines of live output that are shown while a tool runs. */
const tailLines = 8;

interface ToolCardProps {
  readonly call: ToolCall;
  readonly stage: CallStage;
  readonly class?: string;
}

/** One tool call: a line in the tense of its state, what went in and what came out below it, and the question while it waits. */
export function ToolCard({ call, stage, class: className = "" }: ToolCardProps) {
  const { status, allowedBy } = call;
  return (
    <div class={`tool tool-${stage} ${className}`} data-tool={call.id}>
      <Disclosure
        class="tool-row"
        title={allowedBy === undefined ? undefined : visibleText(allowedBy)}
        header={<ToolHeader call={call} stage={stage} />}
      >
        {() => <ToolBody call={call} />}
      </Disclosure>
      {status.kind === "awaiting-approval" && (
        <ApprovalCard key={`${status.request.id} ${status.request.digest}`} request={status.request} />
      )}
      {status.kind === "running" && status.choice !== undefined && (
        <RunningChoices call={call} endsAt={status.choice.endsAt} />
      )}
      {status.kind === "running" && <Tail output={printedBy(call)} />}
      {status.kind === "running" && <RunningNotes call={call} status={status} />}
    </div>
  );
}

/** What a program printed, without what is said of it in between. */
function printedBy({ output }: ToolCall): string {
  return output.replaceAll(secretNote, "");
}

function Tail({ output }: { readonly output: string }) {
  if (output === "") return null;
  return (
    <pre class="tool-tail" aria-hidden="true">
      {visibleText(output.trimEnd().split("\n").slice(-tailLines).join("\n"))}
    </pre>
  );
}

function ToolHeader({ call, stage }: { readonly call: ToolCall; readonly stage: CallStage }) {
  const { status } = call;
  const reason = reasonOf(call, stage);
  const now = useClock(status.kind === "running");
  const elapsed = status.kind === "running" ? now - status.since : "durationMs" in status ? status.durationMs : 0;
  const target = stage === "preparing" && call.intent === undefined ? streamingTarget(call.input) : "";
  return (
    <>
      <Icon name={stageIcon(stage, toolIcon(call.name))} class={`tool-icon tool-icon-${stage}`} />
      <span class="tool-label">
        <span class="tool-title">
          {visibleText(callTitle(call, stage))}
          {target !== "" && <span class="tool-target">{visibleText(target)}</span>}
        </span>{" "}
        <span class="tool-state">
          {/* Screen readers get the word also where the title says it. */}
          <span class={tellsItself(stage) ? "visually-hidden" : ""}>{stageWord(stage, call)}</span>
          {elapsed >= worthShowingMs && (
            <span class="tool-elapsed">{formatElapsed(elapsed, status.kind === "running")}</span>
          )}
          {reason !== "" && <span class="tool-reason">{visibleText(reason)}</span>}
        </span>
      </span>
    </>
  );
}

function formatElapsed(elapsed: number, ticking: boolean): string {
  return formatDuration(ticking ? Math.floor(elapsed / 1000) * 1000 : elapsed);
}

function ToolBody({ call }: { readonly call: ToolCall }) {
  const { status } = call;
  const output = "result" in status ? status.result : printedBy(call);
  return (
    <>
      {call.allowedBy !== undefined && (
        <div class="plain-output-label">
          {visibleText(call.allowedBy)}{" "}
          {/\ballow \w+\(/u.test(call.allowedBy) && (
            <Button kind="link" onPress={() => runHostCommand("manageRules")}>
              {t("Manage Rules")}
            </Button>
          )}
        </div>
      )}
      {call.input !== "" && <PlainOutput label={t("Input")} text={formatInput(call.input)} />}
      {output !== "" && <PlainOutput label={t("Output")} text={output} />}
      {call.input === "" && output === "" && <div class="plain-output-label">{t("Nothing yet")}</div>}
    </>
  );
}

/** Complete JSON is indented; an unfinished input is shown as it came. */
function formatInput(input: string): string {
  try {
    return JSON.stringify(JSON.parse(input), null, 2);
  } catch {
    return input;
  }
}

function toolIcon(name: string): IconName {
  if (name.startsWith("search")) return "search";
  if (/^(read|edit|write|move|delete)_/.test(name)) return "file-code";
  if (name === "run_task" || name === "run_tests") return "tasklist";
  return name.startsWith("run") || name === "get_output" ? "terminal" : "tools";
}
