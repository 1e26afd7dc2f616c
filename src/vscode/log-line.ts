import type { ChatEvent } from "../protocol/chat-event.ts";
import type { TurnError } from "../protocol/turn-error.ts";

/** What the log says of an event. */
export interface LogLine {
  readonly text: string;
  /** The service's or the gateway's own words, which may repeat what was sent to them: not for the default level. */
  readonly detail?: string;
}

/** Says what happened, not what was said: no prompt, answer, file content, tool input or tool output. */
export function toLogLine(event: ChatEvent): LogLine | undefined {
  switch (event.type) {
    case "turn-start":
      return line(
        `Turn ${event.turnId} starts with ${event.connection.kind === "demo" ? "the demo model" : event.connection.modelId}.`,
      );
    case "turn-resume":
      return line("The turn goes on.");
    case "step-start":
      return line(`Step ${event.step}, attempt ${event.attempt}.`);
    case "step-end":
      return line(
        `The step ended: ${event.stopReason}, ${event.usage === null ? "usage unknown" : `${event.usage.inputTokens} input and ${event.usage.outputTokens} output tokens`}.`,
      );
    case "tool-awaiting-approval":
      return line(`Tool call ${event.id} waits for approval.`);
    case "choice":
      return line("The user chose anew what the model is offered.");
    case "question":
      return line("A tool asks the user a question.");
    case "question-end":
      return line("The question waits no longer.");
    case "tool-end":
      return line(`Tool call ${event.id}: ${event.state}.`);
    case "retry-scheduled":
      return lineOfError("", event.error, ` Retry ${event.retry} of ${event.retries} in ${event.delayMs} ms.`);
    case "silence":
      return line(`Silent for ${event.silentMs} ms in phase ${event.phase}; limit ${event.limitMs} ms.`);
    case "pace":
      return line(`The request waits ${event.delayMs} ms: ${event.reason}.`);
    case "compacting":
      return line("The model is asked for a summary of the conversation.");
    case "compaction":
      return line(
        `The conversation is sent in a shorter form from here on: ${event.compaction.kind}, before message ${event.compaction.before}.`,
      );
    case "compaction-undone":
      return line(`Compaction ${event.id} is undone.`);
    case "rewind":
      return line(`The conversation goes back to before turn ${event.turnId}.`);
    case "rewind-undone":
      return line("What was taken back of the conversation is there again.");
    case "served":
      return line([event.cache?.detail ?? [], ...event.differences.map((text) => `Used ${text}.`)].flat().join(" "));
    case "routed":
      return line(`Routed to the ${event.tier} model.`);
    case "retracted":
      return line("A guardrail took back what the step had shown.");
    case "withheld":
      return line(`${event.places.length} blocks are left out of what is sent from here on.`);
    case "notice":
      return line(event.text);
    case "turn-end":
      return event.outcome.kind === "failed"
        ? lineOfError("The turn ended: failed. ", event.outcome.error)
        : line(`The turn ended: ${event.outcome.kind}.`);
    case "title":
      return line("The chat has a title.");
    case "archived":
      return line(event.archived ? "The chat is archived." : "The chat is archived no longer.");
    case "queued":
      return line(`A prompt waits for the turn (${event.prompt.action}).`);
    case "unqueued":
      return line(`${event.ids.length} prompts wait no longer.`);
    case "steered":
      return line("The model got a prompt in the middle of the turn.");
    case "plan":
    case "text-delta":
    case "reasoning-delta":
    case "tool-start":
    case "tool-input-delta":
    case "tool-input":
    case "tool-running":
    case "tool-still-running":
    case "tool-output":
      return undefined;
  }
}

function line(text: string): LogLine {
  return { text };
}

function lineOfError(before: string, error: TurnError, after = ""): LogLine {
  const { kind, message, detail = "", requestId = "none", lastEvent = "none" } = error;
  const text = `${before}${kind}: ${message} Request id: ${requestId}. Last event: ${lastEvent}.${after}`;
  return detail === "" ? { text } : { text, detail: `${kind}: ${detail}` };
}
