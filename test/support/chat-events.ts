import type { ApprovalRequest } from "../../src/protocol/approval.ts";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { reduceChat } from "../../src/protocol/chat-reducer.ts";
import { type ChatState, emptyChat } from "../../src/protocol/chat-state.ts";
import type { TurnError } from "../../src/protocol/turn-error.ts";

export const throttled: TurnError = {
  kind: "throttled",
  message: "Throttled.",
  detail: "slow down",
  actions: ["retry"],
};

export const runTests: ApprovalRequest = {
  id: "call-2",
  digest: "d1",
  title: 'Run task "test"?',
  details: [{ label: "Command", value: "npm test" }],
  reason: "It runs a program, and no rule allows it.",
  tier: 1,
  labels: [],
  warnings: [],
  offers: [
    {
      id: "offer-1",
      label: 'the task "test" as it is now',
      rules: [`allow run_task("test" def=sha256:${"0".repeat(64)})`],
      scopes: ["turn", "session", "workspace"],
    },
  ],
};

const usage = { inputTokens: 10, outputTokens: 2, cacheReadInputTokens: 3, cacheWriteInputTokens: 4 };

/** A turn in which every kind of event but `turn-resume` happens: a retry, two tools of which one is asked for, an answer. */
export const wholeTurn: readonly ChatEvent[] = [
  {
    type: "turn-start",
    turnId: "turn-1",
    prompt: "Do the tests pass?",
    attachments: [{ id: "a1", label: "a.ts:1-2", path: "a.ts", startLine: 1, endLine: 2 }],
    connection: { kind: "bedrock", modelId: "m", region: "eu-west-1" },
    at: 100,
  },
  { type: "step-start", step: 1, attempt: 1, at: 100 },
  { type: "text-delta", block: 0, text: "Lost" },
  { type: "retry-scheduled", error: throttled, retry: 1, retries: 3, delayMs: 500, at: 110 },
  { type: "step-start", step: 1, attempt: 2, at: 610 },
  { type: "reasoning-delta", block: 0, text: "Let me ", at: 620 },
  { type: "reasoning-delta", block: 0, text: "look.", at: 630 },
  { type: "text-delta", block: 1, text: "I search" },
  { type: "text-delta", block: 1, text: " and run." },
  { type: "tool-start", id: "call-1", name: "search_files", title: "Searching", at: 640 },
  { type: "tool-input-delta", id: "call-1", fragment: '{"query":' },
  { type: "tool-input-delta", id: "call-1", fragment: '"x"}' },
  { type: "tool-start", id: "call-2", name: "run_task", title: "Running a task", at: 650 },
  { type: "tool-input-delta", id: "call-2", fragment: "{}" },
  { type: "reasoning-delta", block: 4, text: "Hm", at: 655 },
  { type: "reasoning-delta", block: 4, text: "m.", at: 658 },
  { type: "step-end", stopReason: "tool_use", usage, at: 660 },
  { type: "tool-input", id: "call-1", input: '{\n  "query": "x"\n}', title: 'Searching for "x"' },
  { type: "tool-input", id: "call-2", input: "{}", title: "Listing tasks" },
  { type: "tool-running", id: "call-1", at: 670 },
  { type: "tool-awaiting-approval", id: "call-2", request: runTests, at: 671 },
  { type: "tool-end", id: "call-1", state: "succeeded", title: "Searched, 1 result", result: "a.ts:1", at: 680 },
  { type: "tool-running", id: "call-2", at: 690 },
  { type: "tool-output", id: "call-2", text: "ok 1\n" },
  { type: "tool-output", id: "call-2", text: "ok 2\n" },
  { type: "tool-end", id: "call-2", state: "failed", title: "Ran", result: "exit code 1", at: 720 },
  { type: "step-start", step: 2, attempt: 1, at: 721 },
  { type: "text-delta", block: 0, text: "They fail." },
  { type: "step-end", stopReason: "end_turn", usage, at: 730 },
  { type: "turn-end", outcome: { kind: "completed" }, at: 740 },
];

export function fold(events: readonly ChatEvent[], from: ChatState = emptyChat("session-1")): ChatState {
  return events.reduce(reduceChat, from);
}
