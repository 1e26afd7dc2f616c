import type { ToolCall } from "../../src/protocol/chat-state.ts";
import { Icon, type IconName } from "../icon.tsx";
import { visibleText } from "../markdown/visible-text.ts";
import { Disclosure } from "../primitives/disclosure.tsx";
import { PlainOutput } from "../primitives/plain-output.tsx";
import { useClock } from "../primitives/use-clock.ts";
import { formatDuration, t } from "../strings.ts";
import { ApprovalCard } from "./approval-card.tsx";

/** Shorter than this is not worth a number, in milliseconds. */
const worthShowingMs = 1000;

/** Lines of live output that are shown while a tool runs. */
const tailLines = 8;

interface ToolCardProps {
  readonly call: ToolCall;
  /** The model call that wrote it failed, so that a call that did not begin never will. */
  readonly neverRan?: boolean;
  readonly class?: string;
}

/** One tool call: a line in the tense of its state, what went in and what came out below it, and the question while it waits. */
export function ToolCard({ call, neverRan = false, class: className = "" }: ToolCardProps) {
  const { status } = call;
  const lost = neverRan && hasNotBegun(call);
  return (
    <div class={`tool tool-${status.kind} ${className}`} data-tool={call.id}>
      <Disclosure class="tool-row" header={<ToolHeader call={call} lost={lost} />}>
        {() => <ToolBody call={call} />}
      </Disclosure>
      {status.kind === "awaiting-approval" && (
        <ApprovalCard key={`${status.request.id} ${status.request.digest}`} request={status.request} />
      )}
      {status.kind === "running" && call.output !== "" && (
        <pre class="tool-tail" aria-hidden="true">
          {visibleText(call.output.trimEnd().split("\n").slice(-tailLines).join("\n"))}
        </pre>
      )}
    </div>
  );
}

/** A call that is still being written, or was when its turn ended. */
function hasNotBegun({ status }: ToolCall): boolean {
  if (status.kind === "streaming") return true;
  return status.kind === "cancelled" && status.result === "" && status.durationMs === 0;
}

function ToolHeader({ call, lost }: { readonly call: ToolCall; readonly lost: boolean }) {
  const { status } = call;
  const now = useClock(status.kind === "running");
  const elapsed = status.kind === "running" ? now - status.since : "durationMs" in status ? status.durationMs : 0;
  const word = lost ? t("Not run") : stateWord(call);
  return (
    <>
      <Icon name={lost ? "circle-slash" : stateIcon(call)} class={`tool-icon tool-icon-${status.kind}`} />
      <span class="tool-title">{visibleText(call.title)}</span>
      <span class="tool-state">
        {/* The title's tense says these two; screen readers get the word. */}
        <span class={status.kind === "succeeded" || status.kind === "running" ? "visually-hidden" : ""}>{word}</span>
        {elapsed >= worthShowingMs && (
          <span class="tool-elapsed">{formatElapsed(elapsed, status.kind === "running")}</span>
        )}
      </span>
    </>
  );
}

function formatElapsed(elapsed: number, ticking: boolean): string {
  return formatDuration(ticking ? Math.floor(elapsed / 1000) * 1000 : elapsed);
}

function ToolBody({ call }: { readonly call: ToolCall }) {
  const { status } = call;
  const output = "result" in status ? status.result : call.output;
  return (
    <>
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

function stateIcon({ status, name }: ToolCall): IconName {
  switch (status.kind) {
    case "streaming":
    case "running":
      return "loading";
    case "awaiting-approval":
      return toolIcon(name);
    case "succeeded":
      return "check";
    case "failed":
      return "error";
    case "denied":
      return "circle-slash";
    case "cancelled":
      return "stop-circle";
  }
}

function toolIcon(name: string): IconName {
  if (name.startsWith("search")) return "search";
  if (name.startsWith("read")) return "file-code";
  if (name === "run_task") return "tasklist";
  return name.startsWith("run") ? "terminal" : "tools";
}

function stateWord({ status }: ToolCall): string {
  switch (status.kind) {
    case "streaming":
      return "";
    case "awaiting-approval":
      return t("Waiting for you");
    case "running":
      return t("Running");
    case "succeeded":
      return t("Done");
    case "failed":
      return t("Failed");
    case "denied":
      return t("Skipped");
    case "cancelled":
      return t("Canceled");
  }
}
