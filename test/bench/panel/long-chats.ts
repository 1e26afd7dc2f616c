import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { ChatEvent } from "../../../src/protocol/chat-event.ts";
import { reduceChat } from "../../../src/protocol/chat-reducer.ts";
import { type ChatState, emptyChat } from "../../../src/protocol/chat-state.ts";
import { runningTool, stepEnd, stepStart, text, turnEnd, turnStart } from "../../support/panel/scenes.ts";
import { seededAnswer } from "./seeded-answer.ts";

/** Different answers in a chat; the texts repeat after them. */
const differentAnswers = 40;
/** Tokens of an answer: 4 KB of markdown. */
const answerTokens = 1000;

/** A chat of turns that are a prompt and an answer. */
export function chatOfTurns(turns: number, { sessionId = "long", tokens = answerTokens } = {}): ChatState {
  const answers = seededAnswers(tokens);
  const events = Array.from({ length: turns }, (_, index) => [
    turnStart(`Prompt ${index}: what happens in the retry?`, [], `turn-${index}`),
    stepStart(),
    text(answers[index % answers.length] ?? ""),
    stepEnd(),
    turnEnd(),
  ]).flat();
  return events.reduce(reduceChat, emptyChat(sessionId));
}

/** What a session is made of: its events for the screen, its messages for the model. */
export type SessionRecord = { readonly event: ChatEvent } | { readonly message: Message };

const callsPerTurn = 4;
const messagesPerTurn = 2 * callsPerTurn + 2;

/** A session of work: turns of four calls and an answer, which are ten messages each. */
export function recordsOfMessages(messages: number): readonly SessionRecord[] {
  const answers = seededAnswers(answerTokens / 4);
  return Array.from({ length: Math.ceil(messages / messagesPerTurn) }, (_, turn) =>
    recordsOfTurn(turn, answers[turn % answers.length] ?? ""),
  ).flat();
}

export function chatOfRecords(records: readonly SessionRecord[], sessionId: string): ChatState {
  const events = records.flatMap((record) => ("event" in record ? [record.event] : []));
  return events.reduce(reduceChat, emptyChat(sessionId));
}

function recordsOfTurn(turn: number, answer: string): readonly SessionRecord[] {
  const prompt = `Prompt ${turn}: what happens in the retry?`;
  const start = [say("user", [{ text: prompt }]), { event: turnStart(prompt, [], `turn-${turn}`) }];
  const calls = Array.from({ length: callsPerTurn }, (_, call) => recordsOfCall(turn, call)).flat();
  const end: readonly ChatEvent[] = [stepStart(callsPerTurn + 1), text(answer), stepEnd(), turnEnd()];
  return [...start, ...calls, say("assistant", [{ text: answer }]), ...end.map((event) => ({ event }))];
}

function recordsOfCall(turn: number, call: number): readonly SessionRecord[] {
  const toolUseId = `call-${turn}-${call}`;
  const path = `src/part-${call}/file-${turn}.ts`;
  const input = { path };
  const result = Array.from({ length: 40 }, (_, line) => `${line + 1}: const value${line} = read(${line});`).join("\n");
  const events: readonly ChatEvent[] = [
    stepStart(call + 1),
    text(`I look at ${path}.`),
    ...runningTool(toolUseId, "read_file", `Reading ${path}`, JSON.stringify(input)),
    stepEnd("tool_use"),
  ];
  const end: ChatEvent = {
    ...{ type: "tool-end", id: toolUseId, state: "succeeded", title: `Read ${path}`, result, at: Date.now() },
  };
  const toolUse = { toolUse: { toolUseId, name: "read_file", input } };
  return [
    ...events.map((event) => ({ event })),
    say("assistant", [{ text: `I look at ${path}.` }, toolUse]),
    { event: end },
    say("user", [{ toolResult: { toolUseId, content: [{ text: result }], status: "success" } }]),
  ];
}

function say(role: "user" | "assistant", content: NonNullable<Message["content"]>): SessionRecord {
  return { message: { role, content } };
}

function seededAnswers(tokens: number): readonly string[] {
  return Array.from({ length: differentAnswers }, (_, seed) => seededAnswer(tokens, seed + 1).join(""));
}
