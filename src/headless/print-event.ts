import { makeVisible } from "../policy/display/make-visible.ts";
import type { ChatEvent, TurnOutcome } from "../protocol/chat-event.ts";

const marks = { pending: " ", in_progress: ">", done: "x" } as const;

/** Prints a turn for a person: the answer on standard output, what happens beside it on standard error. */
export function printEvent(event: ChatEvent): void {
  switch (event.type) {
    case "text-delta":
      process.stdout.write(makeVisible(event.text));
      return;
    case "step-start":
      if (event.step > 1) process.stdout.write("\n");
      return;
    case "tool-input":
      note(`\n· ${event.title}`);
      return;
    case "tool-awaiting-approval":
      note(`? ${event.request.title}`);
      return;
    case "tool-end":
      note(`· ${event.title}: ${event.state}`);
      return;
    case "retry-scheduled":
      note(`! ${event.error.message} Retry ${event.retry} of ${event.retries} in ${event.delayMs} ms.`);
      return;
    case "turn-end":
      process.stdout.write("\n");
      note(`The turn ended: ${describeOutcome(event.outcome)}`);
      return;
    case "silence":
      note(`! Nothing received for ${Math.round(event.silentMs / 1000)} s.`);
      return;
    case "pace":
      note(`! Waiting ${event.delayMs} ms before the next request (${event.reason}).`);
      return;
    case "compacting":
      note("· Shortening the conversation…");
      return;
    case "compaction":
      note(`· The conversation was too long; it goes on in a shorter form (${event.compaction.kind}).`);
      return;
    case "notice":
      note(`· ${event.text}`);
      return;
    case "retracted":
      process.stdout.write(`\n${makeVisible(event.text)}`);
      note("! A guardrail took back what was shown before.");
      return;
    case "plan":
      for (const { text, status } of event.items) note(`  [${marks[status]}] ${text}`);
      return;
    case "served":
      if (event.differences.length > 0) note(`· Served with ${event.differences.join(", ")}.`);
      return;
    case "archived":
    case "queued":
    case "unqueued":
    case "steered":
    case "choice":
    case "title":
    case "question":
    case "question-end":
    case "withheld":
    case "compaction-undone":
    case "rewind":
    case "rewind-undone":
    case "turn-start":
    case "turn-resume":
    case "step-end":
    case "reasoning-delta":
    case "tool-start":
    case "tool-input-delta":
    case "tool-running":
    case "tool-still-running":
    case "tool-output":
      return;
  }
}

/** What a terminal would obey, of the model's or a file's making, is drawn instead. */
function note(line: string): void {
  process.stderr.write(`${makeVisible(line)}\n`);
}

function describeOutcome(outcome: TurnOutcome): string {
  if (outcome.kind !== "failed") return outcome.kind;
  const { kind, message, detail } = outcome.error;
  return `${kind}. ${message}${detail === undefined ? "" : `\n${detail}`}`;
}
