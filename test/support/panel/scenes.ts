import type { ApprovalRequest } from "../../../src/protocol/approval.ts";
import type { Attachment, ChatEvent, TurnOutcome } from "../../../src/protocol/chat-event.ts";
import type { Question } from "../../../src/protocol/question.ts";
import type { TurnError } from "../../../src/protocol/turn-error.ts";
import { bedrockContext } from "./contexts.ts";

export const attachment: Attachment = {
  id: "a1",
  label: "retry-delay.ts:10-20",
  path: "src/net/retry-delay.ts",
  startLine: 10,
  endLine: 20,
};

export const longAttachment: Attachment = {
  id: "a2",
  label: "a-file-with-a-rather-long-name-that-does-not-fit.test.ts:1-400",
  path: "src/deep/down/a-file-with-a-rather-long-name-that-does-not-fit.test.ts",
  startLine: 1,
  endLine: 400,
};

export const approvalRequest: ApprovalRequest = {
  id: "call-3",
  digest: "5f2a".repeat(16),
  title: 'Run task "test"?',
  details: [
    { label: "Command", value: "node --test --test-reporter=spec test/*.test.ts" },
    { label: "Folder", value: "/home/ada/projects/radio" },
  ],
  reason: "Running a task executes a program on this computer.",
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

export function turnStart(prompt: string, attachments: readonly Attachment[] = [], turnId = "turn-1"): ChatEvent {
  return { type: "turn-start", turnId, prompt, attachments, connection: bedrockContext.connection, at: Date.now() };
}

export function stepStart(step = 1, attempt = 1): ChatEvent {
  return { type: "step-start", step, attempt, at: Date.now() };
}

export function text(delta: string, block = 0): ChatEvent {
  return { type: "text-delta", block, text: delta };
}

export function turnEnd(outcome: TurnOutcome = { kind: "completed" }): ChatEvent {
  return { type: "turn-end", outcome, at: Date.now() };
}

export function stepEnd(stopReason = "end_turn"): ChatEvent {
  const usage = { inputTokens: 1834, outputTokens: 412, cacheReadInputTokens: 5120, cacheWriteInputTokens: 0 };
  return { type: "step-end", stopReason, usage, at: Date.now() };
}

export function toolStart(id: string, name: string, title: string): ChatEvent {
  return { type: "tool-start", id, name, title, at: Date.now() };
}

/** A call from its start to its running. */
export function runningTool(id: string, name: string, title: string, input: string): readonly ChatEvent[] {
  return [
    toolStart(id, name, title),
    { type: "tool-input", id, input, title },
    { type: "tool-running", id, at: Date.now() },
  ];
}

/** A call of `run_task` whose input is complete, before anything is decided about it. */
export function queuedTool(id: string, task: string): readonly ChatEvent[] {
  return [
    toolStart(id, "run_task", "Running a task"),
    { type: "tool-input", id, input: "{}", title: `Running task "${task}"`, intent: `Run task "${task}"` },
  ];
}

export function awaitingTool(request: ApprovalRequest = approvalRequest): readonly ChatEvent[] {
  return [
    toolStart(request.id, "run_task", 'Run task "test"'),
    {
      type: "tool-input",
      id: request.id,
      input: '{"task":"test"}',
      title: 'Running task "test"',
      intent: 'Run task "test"',
    },
    { type: "tool-awaiting-approval", id: request.id, request, at: Date.now() },
  ];
}

/** The model asks something. */
export function asked(question: Partial<Question> = {}, id = "q1"): ChatEvent {
  const options = [
    { label: "PostgreSQL", description: "As in production; needs Docker on this machine." },
    { label: "SQLite", description: "A file, nothing to install." },
  ];
  return { type: "question", id, question: { text: "Which database?", options, multiple: false, ...question }, at: 0 };
}

export const throttled: TurnError = {
  kind: "throttled",
  message: "Throttled by Bedrock: too many requests for claude-sonnet-4-5 in eu-central-1.",
  detail: "ThrottlingException: Too many requests, please wait before trying again.",
  requestId: "0d1c2b3a-4e5f-6071-8293-a4b5c6d7e8f9",
  actions: ["retry", "select-model", "show-log"],
};

export const answer = `The retry delay is computed in \`src/net/retry-delay.ts:12\`. It grows **exponentially** with full jitter:

\`\`\`ts
/** Full jitter: anything between 0 and the capped delay. */
export function retryDelay(attempt: number, random = Math.random): number {
  const capped = Math.min(maximumMs, baseMs * 2 ** attempt); // never more than 20 s, however many attempts were made before
  return Math.floor(random() * capped);
}
\`\`\`

Three things to know:

1. \`baseMs\` is **200** and comes from [the settings](src/settings.ts:4).
2. The cap of 20 s is *below* the server's idle timeout.
3. Callers pass their own \`random\` in tests.

| attempt | at most |
| ---: | --- |
| 0 | 200 ms |
| 5 | 6.4 s |

> All 14 tests pass, see the [report](https://example.com/report).
`;
