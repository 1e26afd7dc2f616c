import type { Reply } from "../../../src/emulator/script-schema.ts";
import { throttled } from "../../support/throttled.ts";
import { taskLabel } from "./counted-task.ts";

/** How far the turn is, as the journal, the model's side and the panel show it. */
export interface Progress {
  readonly eventTypes: readonly string[];
  /** Requests of this point, and whether the last one has the head of its answer. */
  readonly requests: number;
  readonly answering: boolean;
  readonly transcript: string;
  /** Runs of the task in this point. */
  readonly runs: number;
}

export interface KillPoint {
  readonly name: string;
  /** In `npm test` as well; the others are played by `npm run kills`. */
  readonly short?: true;
  readonly replies: readonly Reply[];
  /** The session has a turn before this one. */
  readonly earlierTurn?: true;
  /** What the user does on the way, first to last. */
  readonly answers?: readonly ("Allow Once" | "Skip")[];
  /** The task does not end before the kill. */
  readonly heldTask?: true;
  readonly reached: (progress: Progress) => boolean;
  /** Whole answers of the model that must be there afterwards, and most runs of the task. */
  readonly steps: number;
  readonly runs: number;
  /** An approval waits; what the user does with it after the restart. */
  readonly pending?: "allow" | "skip" | "prompt" | "stop";
  /** Whether an approval waits by then is chance; the journal tells, and the user then sends something else. */
  readonly mayWait?: true;
  /** The extension host is killed again when it has asked again. */
  readonly twice?: true;
}

/** Frames 1 start, 2–5 thinking, 6–8 text, 9–11 the search, 12–15 the task, 16 stop, 17 usage. */
const first: Reply = {
  reasoning: { text: ["Two things ", "to do."] },
  text: ["I look ", "and count."],
  toolUses: [
    { name: "search_files", inputFragments: ['{"pattern":"retry"}'] },
    { name: "run_task", inputFragments: ['{"label":', `"${taskLabel}"}`] },
  ],
};
const second: Reply = { text: ["Then ", "again."], toolUses: [{ name: "run_task", input: { label: taskLabel } }] };
const third: Reply = { text: ["Everything ", "is done."] };
const silent: Reply = { text: "never", fault: { kind: "stall", beforeHeaders: true } };
const stallAfter = (reply: Reply, afterEvents: number): Reply => ({ ...reply, fault: { kind: "stall", afterEvents } });
const tooLong: Reply = {
  fault: {
    kind: "http-error",
    status: 400,
    type: "ValidationException",
    message: "Input is too long for requested model.",
  },
};

const has =
  (type: string, count = 1) =>
  (progress: Progress) =>
    progress.eventTypes.filter((other) => other === type).length >= count;
const shows = (text: string) => (progress: Progress) => progress.transcript.includes(text);

export const killPoints: readonly KillPoint[] = [
  { name: "after the prompt", replies: [silent], reached: has("turn-start"), steps: 0, runs: 0 },
  {
    name: "before the head of the answer",
    short: true,
    replies: [silent],
    reached: (p) => p.requests === 1,
    steps: 0,
    runs: 0,
  },
  {
    name: "before the first event",
    replies: [stallAfter(first, 0)],
    reached: (p) => p.answering && has("step-start")(p),
    steps: 0,
    runs: 0,
  },
  { name: "in the thinking", replies: [stallAfter(first, 2)], reached: shows("Thinking"), steps: 0, runs: 0 },
  {
    name: "in the first text",
    short: true,
    replies: [stallAfter(first, 6)],
    reached: shows("I look"),
    steps: 0,
    runs: 0,
  },
  {
    name: "in a tool's input",
    short: true,
    replies: [stallAfter(first, 13)],
    reached: has("tool-start", 2),
    steps: 0,
    runs: 0,
  },
  { name: "before messageStop", replies: [stallAfter(first, 15)], reached: has("tool-start", 2), steps: 0, runs: 0 },
  {
    // Usage never comes, so the client takes the message for whole after a while.
    name: "after messageStop",
    replies: [stallAfter(first, 16)],
    reached: has("step-end"),
    steps: 1,
    runs: 0,
    mayWait: true,
  },
  {
    name: "while an approval waits, which is then allowed",
    short: true,
    replies: [first],
    reached: has("tool-awaiting-approval"),
    steps: 1,
    runs: 0,
    pending: "allow",
  },
  {
    name: "while an approval waits, and again while it waits once more",
    replies: [first],
    reached: has("tool-awaiting-approval"),
    steps: 1,
    runs: 0,
    pending: "skip",
    twice: true,
  },
  {
    name: "while an approval waits, and the user then sends something else",
    replies: [first],
    reached: has("tool-awaiting-approval"),
    steps: 1,
    runs: 0,
    pending: "prompt",
  },
  {
    name: "just after Allow",
    short: true,
    replies: [first, silent],
    answers: ["Allow Once"],
    reached: has("tool-running", 2),
    steps: 1,
    runs: 1,
  },
  {
    name: "while the task runs",
    short: true,
    replies: [first, silent],
    answers: ["Allow Once"],
    heldTask: true,
    reached: (p) => p.runs === 1,
    steps: 1,
    runs: 1,
  },
  {
    name: "after the task's result",
    short: true,
    replies: [first, silent],
    answers: ["Allow Once"],
    reached: has("tool-end", 2),
    steps: 1,
    runs: 1,
  },
  {
    name: "just after Skip",
    replies: [first, silent],
    answers: ["Skip"],
    reached: has("tool-end", 2),
    steps: 1,
    runs: 0,
  },
  {
    name: "at the second step, before the head of its answer",
    replies: [first, silent],
    answers: ["Allow Once"],
    reached: (p) => p.requests === 2,
    steps: 1,
    runs: 1,
  },
  {
    name: "in the second text",
    replies: [first, stallAfter(second, 2)],
    answers: ["Allow Once"],
    reached: shows("Then"),
    steps: 1,
    runs: 1,
  },
  {
    name: "while the second approval waits, and the user then stops",
    replies: [first, second],
    answers: ["Allow Once"],
    reached: has("tool-awaiting-approval", 2),
    steps: 2,
    runs: 1,
    pending: "stop",
  },
  {
    name: "while the second task runs",
    replies: [first, second, silent],
    answers: ["Allow Once", "Allow Once"],
    heldTask: true,
    reached: (p) => p.runs === 2,
    steps: 2,
    runs: 2,
  },
  {
    name: "in the last text",
    short: true,
    replies: [first, second, stallAfter(third, 2)],
    answers: ["Allow Once", "Skip"],
    reached: shows("Everything"),
    steps: 2,
    runs: 1,
  },
  {
    name: "between two turns",
    replies: [first, third],
    answers: ["Skip"],
    reached: has("turn-end"),
    steps: 2,
    runs: 0,
  },
  {
    name: "in the wait for a retry",
    replies: [first, throttled(40), silent],
    answers: ["Skip"],
    reached: has("retry-scheduled"),
    steps: 1,
    runs: 0,
  },
  {
    name: "in a compaction",
    short: true,
    earlierTurn: true,
    replies: [first, tooLong, silent],
    answers: ["Skip"],
    reached: (p) => p.requests === 3,
    steps: 1,
    runs: 0,
  },
];
