import { reduceChat } from "../../src/protocol/chat-reducer.ts";
import { type ChatState, emptyChat, type Turn } from "../../src/protocol/chat-state.ts";
import { refusals } from "../support/accepted-by-bedrock.ts";
import type { FaultCell } from "./fault-cells.ts";
import type { Expectation } from "./fault-list.ts";
import type { FarEvent, PlayedCell } from "./play-cell.ts";
import { actInput, lookInput, meantTexts, nextText } from "./spoken-scene.ts";
import { mostAttempts } from "./wire-session.ts";

/** The rules that a cell breaks, each as a sentence; empty where all is well. */
export function judgeCell(cell: FaultCell, played: PlayedCell): readonly string[] {
  if (played.outcome === "hang") return ["the turn hangs"];
  return [
    ...judgeOutcome(cell, played),
    ...judgeScreen(played),
    ...judgeTools(played),
    ...judgeStrike(cell, played),
    ...judgeHistory(played),
    ...judgeConnections(cell, played),
    ...judgeWhatFollows(played),
  ];
}

/** What the user sees in the end: how it ended, and the sentence that says what was wrong. */
export function describeEnd({ outcome, events, resumed }: PlayedCell): string {
  const errors = events.flatMap((event) => (event.type === "retry-scheduled" ? [event.error] : []));
  const after = errors.length === 0 ? "" : ` after ${errors.length} ${errors.length === 1 ? "retry" : "retries"}`;
  const again = typeof resumed?.outcome === "object" ? `, Retry ${resumed.outcome.kind}` : "";
  if (typeof outcome !== "object") return outcome ?? "not sent";
  const said = outcome.kind === "failed" ? outcome.error : errors.at(-1);
  const kind = outcome.kind === "failed" ? `failed (${outcome.error.kind})` : outcome.kind;
  return `${kind}${after}${again}${said === undefined ? "" : `: ${said.message}`}`;
}

function judgeOutcome(cell: FaultCell, { outcome, far }: PlayedCell): readonly string[] {
  if (typeof outcome !== "object") return ["the turn was not taken"];
  const { kind } = cell;
  const broken: string[] = [];
  const wholeSteps = [1, 2].filter((step) => lastAnswer(far, step)?.whole === true);
  if (outcome.kind === "completed" && wholeSteps.length < 2) broken.push("a broken answer is passed for whole");
  if (kind.stops === true && outcome.kind !== "cancelled") broken.push(`Stop ends as ${outcome.kind}`);
  if (kind.stops !== true && outcome.kind === "cancelled") broken.push("nobody pressed Stop, and it ends as cancelled");
  const expected = expectationOf(cell);
  if (expected === "recovers" && outcome.kind !== "completed") broken.push("it does not recover from one strike");
  if (expected === "ends" && outcome.kind === "completed") broken.push("it completes against all odds");
  if (outcome.kind === "failed") {
    const { message, detail = "" } = outcome.error;
    if (message.trim() === "" || /Deserialization error/i.test(message + detail))
      broken.push("the error explains nothing");
  }
  return broken;
}

function expectationOf({ kind, strikes, afterEvents }: FaultCell): Exclude<Expectation, "recovers once begun"> {
  if (kind.harmless === true) return "recovers";
  if (strikes === "always") return "ends";
  if (kind.once === "recovers once begun") return afterEvents > 0 ? "recovers" : "either";
  return kind.once;
}

function lastAnswer(far: readonly FarEvent[], step: number) {
  return far.filter((event) => event.kind === "answered").findLast((answered) => answered.step === step);
}

/** The screen never shows more than was meant, nor anything twice, at the end of a step and at the end of the turn. */
function judgeScreen({ events, chat, outcome, far }: PlayedCell): readonly string[] {
  const broken: string[] = [];
  let state: ChatState = emptyChat("judge");
  for (const event of events) {
    state = reduceChat(state, event);
    const turn = state.current;
    if (event.type !== "step-end" || turn === null) continue;
    if (shownTexts(turn)[turn.step - 1] !== meantTexts[turn.step - 1])
      broken.push(`step ${turn.step} ends with a wrong text`);
  }
  const last = chat.past.at(-1);
  const shown = last === undefined ? [] : shownTexts(last);
  const wholeStep = (step: number): boolean => lastAnswer(far, step)?.whole === true;
  for (const [index, text] of shown.entries()) {
    const meant = meantTexts[index] ?? "";
    if (!meant.startsWith(text)) broken.push(`the text of step ${index + 1} was never meant: ${JSON.stringify(text)}`);
    const isWhole = typeof outcome === "object" && (outcome.kind === "completed" || (index === 0 && wholeStep(2)));
    if (isWhole && text !== meant) broken.push(`the text of step ${index + 1} is cut: ${JSON.stringify(text)}`);
  }
  if (last?.phase.kind !== "ended") broken.push("the screen still shows a running turn");
  return broken;
}

/** The visible answer text of each step, from step 1. */
function shownTexts(turn: Turn): readonly string[] {
  return meantTexts.map((_, index) =>
    turn.parts.map((part) => (part.kind === "text" && part.step === index + 1 ? part.text : "")).join(""),
  );
}

/** Each tool runs at most once, on exactly the meant input, and only after the message with its call was whole. */
function judgeTools({ farInAll: far, events, outcome, resumed }: PlayedCell): readonly string[] {
  const broken: string[] = [];
  const ran = far.filter((event) => event.kind === "ran");
  const meant: Readonly<Record<string, string>> = { look: JSON.stringify(lookInput), act: JSON.stringify(actInput) };
  for (const [tool, input] of Object.entries(meant)) {
    const runs = ran.filter((event) => event.tool === tool);
    const mustRun = [outcome, resumed?.outcome].some((end) => typeof end === "object" && end.kind === "completed");
    if (runs.length > 1) broken.push(`${tool} runs ${runs.length} times`);
    if (mustRun && runs.length === 0) broken.push(`${tool} never runs`);
    if (runs.some((run) => run.input !== input)) broken.push(`${tool} runs on an input that was not meant`);
  }
  const firstRun = far.findIndex(({ kind }) => kind === "ran");
  const firstWhole = far.findIndex((event) => event.kind === "answered" && event.step === 1 && event.whole);
  if (firstRun >= 0 && (firstWhole < 0 || firstRun < firstWhole)) broken.push("a tool of an unfinished message runs");
  const asked = events.filter(({ type }) => type === "tool-awaiting-approval").length;
  if (asked > 1 || (asked === 1 && firstWhole < 0)) broken.push(`the user is asked ${asked} times`);
  return broken;
}

/** Where it is to strike while a tool runs it does, once, and what follows asks with that tool's result. */
function judgeStrike({ phase, kind }: FaultCell, { far }: PlayedCell): readonly string[] {
  if (phase !== "during a tool") return [];
  const order = far.flatMap((event) => {
    if (event.kind === "struck") return ["struck"];
    if (event.kind === "ran") return event.tool === "act" ? ["act"] : [];
    return event.step === 2 ? ["asked"] : [];
  });
  const meant = ["act", "struck", ...(kind.stops === true ? [] : ["asked"])];
  return meant.every((one, at) => order[at] === one) ? [] : [`the fault strikes at another time: ${order.join(", ")}`];
}

function judgeHistory({ histories, refused }: PlayedCell): readonly string[] {
  const next = { role: "user" as const, content: [{ text: "And then?" }] };
  const found = histories.flatMap((history) => [...refusals(history), ...refusals([...history, next])]);
  return [
    ...new Set(found.map((refusal) => `Bedrock would refuse the history: ${refusal}`)),
    ...(refused > 0 ? [`the emulator refuses ${refused} requests`] : []),
  ];
}

function judgeConnections({ kind }: FaultCell, { leftOpen, events, reports }: PlayedCell): readonly string[] {
  const attempts = events.filter(({ type }) => type === "step-start").length;
  return [
    ...(leftOpen.length > 0 ? [`${leftOpen.length} connections stay open`] : []),
    ...(attempts > 2 * mostAttempts ? [`${attempts} attempts are too many`] : []),
    ...(kind.harmless === true && events.some(({ type }) => type === "retry-scheduled")
      ? ["a living stream is killed"]
      : []),
    ...reports.map((report) => `it is reported as a bug: ${String(report)}`),
  ];
}

function judgeWhatFollows({ resumed, next, chat }: PlayedCell): readonly string[] {
  const broken: string[] = [];
  if (resumed !== undefined) {
    const turn = resumed.chat.past.at(-1);
    const isWhole = turn !== undefined && shownTexts(turn).every((text, index) => text === meantTexts[index]);
    if (typeof resumed.outcome !== "object" || resumed.outcome.kind !== "completed")
      broken.push("Retry does not complete");
    else if (!isWhole) broken.push("Retry shows a wrong text");
  }
  const last = next.chat.past.at(-1);
  const answer = (last?.parts ?? []).map((part) => (part.kind === "text" ? part.text : "")).join("");
  if (typeof next.outcome !== "object" || next.outcome.kind !== "completed")
    broken.push("the next prompt does not complete");
  else if (answer !== nextText) broken.push(`the next prompt shows ${JSON.stringify(answer)}`);
  if (next.chat.past.length !== chat.past.length + 1) broken.push("the next prompt is no turn of its own");
  return broken;
}
