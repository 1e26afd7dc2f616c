import type { Responder } from "../responder.ts";
import type { Reply } from "../script-schema.ts";
import { changeText } from "./change-text.ts";
import { type DemoConversation, type PastCall, readConversation } from "./conversation.ts";
import { describeProject } from "./describe-project.ts";
import { findSomething } from "./find-something.ts";
import { forcedCall } from "./forced-call.ts";
import { type Ask, answer, type Progress, type ToolCall } from "./progress.ts";
import { readAFile } from "./read-a-file.ts";
import { listTheTasks, runATask } from "./run-a-task.ts";
import { TroubleMemory, troubleReply } from "./trouble.ts";
import { readWishes, type Wish } from "./wishes.ts";

/** The model id under which the demo model is asked for. */
export const demoModelId = "outcrop.demo";
/** Its name where a person sees it. */
export const demoModelName = "Demo model: scripted, no AI";

export interface DemoOptions {
  /** Words per second; `Infinity` for no pauses. Default 40. */
  readonly tokensPerSecond?: number;
  /** Before each answer. Default 300. */
  readonly firstByteDelayMs?: number;
}

const mostCalls = 24;

/**
 * A model without AI: it understands a few plain English requests, calls the tools that it is offered, and answers from
 * their results. The same conversation always gets the same reply; only acted-out trouble counts its attempts.
 */
export function createDemoModel({ tokensPerSecond = 40, firstByteDelayMs = 300 }: DemoOptions = {}): Responder {
  const memory = new TroubleMemory();
  const pace: Pick<Reply, "tokensPerSecond" | "firstByteDelayMs"> = {
    ...(Number.isFinite(tokensPerSecond) ? { tokensPerSecond } : {}),
    ...(firstByteDelayMs > 0 ? { firstByteDelayMs } : {}),
  };
  return ({ request }) => {
    const conversation = readConversation(request);
    const wishes = readWishes(conversation.prompt);
    const troubled = wishes.find((wish) => wish.kind === "trouble");
    const trouble =
      troubled === undefined ? undefined : troubleReply(troubled.trouble, conversation.promptPosition, memory);
    return { ...pace, ...(trouble ?? forcedCall(request, conversation.prompt) ?? nextReply(wishes, conversation)) };
  };
}

function nextReply(wishes: readonly Wish[], conversation: DemoConversation): Reply {
  const understood = wishes.filter(({ kind }) => kind !== "unknown" && kind !== "courtesy");
  if (understood.length === 0) {
    const isCourtesy = wishes.length > 0 && wishes.every(({ kind }) => kind === "courtesy");
    return { text: isCourtesy ? "You are welcome. Ask on whenever you like." : introduction };
  }
  if (conversation.toolNames.size === 0) {
    return { text: withoutTools };
  }
  const ask = askIn(conversation);
  const progress = understood.map((wish) => advance(wish, ask, conversation.toolNames));
  const pending = progress.filter((one) => one.kind === "calls");
  const reads = pending.filter(({ effect }) => effect === "read");
  const next = reads.length > 0 ? reads : pending;
  if (next.length === 0 || conversation.exchanges.length >= mostCalls) {
    const answers = progress.flatMap((one) => (one.kind === "answer" ? [one.text] : []));
    return {
      text:
        answers.length === 0 ? "I stop here: that took more steps than I make." : [...new Set(answers)].join("\n\n"),
    };
  }
  const calls = uniqueCalls(next.flatMap((one) => one.calls));
  return {
    ...(conversation.exchanges.length === 0 ? { reasoning: { text: plan(understood) } } : {}),
    text: next.map(({ say }) => say).join(" "),
    toolUses: calls.map(({ name, input }) => ({ name, input })),
  };
}

function advance(wish: Wish, ask: Ask, toolNames: ReadonlySet<string>): Progress {
  switch (wish.kind) {
    case "find":
      return findSomething(wish, ask);
    case "read":
      return readAFile(wish, ask);
    case "overview":
      return describeProject(ask);
    case "run":
      return runATask(wish, ask);
    case "list-tasks":
      return listTheTasks(ask);
    case "change":
      return changeText(wish, ask, toolNames);
    case "trouble":
      return runATask({ kind: "run", label: "slow", clause: "run the slow task" }, ask);
    case "courtesy":
    case "unknown":
      return answer("");
  }
}

/** Finds a call among those already answered by its name and input. */
function askIn({ exchanges, toolNames }: DemoConversation): Ask {
  return (call) => {
    const made = exchanges.findLast((exchange) => keyOf(exchange.call) === keyOf(call));
    return made?.outcome ?? (toolNames.has(call.name) ? undefined : { kind: "unavailable", text: "" });
  };
}

function uniqueCalls(calls: readonly ToolCall[]): readonly ToolCall[] {
  return calls.filter((call, index) => calls.findIndex((other) => keyOf(other) === keyOf(call)) === index);
}

function keyOf({ name, input }: PastCall): string {
  const entries = typeof input === "object" && input !== null ? Object.entries(input) : [];
  return JSON.stringify([name, entries.toSorted(([one], [other]) => (one < other ? -1 : 1))]);
}

function plan(wishes: readonly Wish[]): string {
  const steps = wishes.map(describe);
  return steps.length === 1
    ? `One thing to do: ${steps[0]}.`
    : `${steps.length} things to do: ${steps.join("; ")}. Reading comes first, then what runs or changes something.`;
}

function describe(wish: Wish): string {
  switch (wish.kind) {
    case "find":
      return `find ${wish.subject}, read around the best match and quote it`;
    case "read":
      return `read ${wish.path}`;
    case "overview":
      return "read README.md and package.json and say what they tell";
    case "run":
      return `run the task ${wish.label} and report its exit code`;
    case "list-tasks":
      return "list the tasks";
    case "change":
      return `change ${wish.path}`;
    case "trouble":
      return "run a slow task";
    case "courtesy":
    case "unknown":
      return wish.clause;
  }
}

const withoutTools =
  "In Restricted Mode I have no tools: trust the workspace, then ask me again. Without an open folder I have none either.";

const introduction = `I am a scripted demo, not an AI: I recognise a few plain requests, call the real tools on your workspace, and answer from what they return. Try:

- **where is the retry delay computed?** or **find \`someName\`**
- **read src/index.ts**, also with **lines 10 to 30**
- **what is this project?**
- **run the tests**, **do the tests pass?**, **build**, **run the lint task**, **list the tasks**
- **change \`old\` to \`new\` in README.md**
- several at once, joined by “and”
- trouble, to see how it is handled: **show throttling**, **show a server error**, **drop the stream**, **stall the stream**, **slow answer**, **slow tool**, **show the output limit**, **show access denied**`;
