import type { Browser } from "playwright-core";
import { launchChromium } from "../../../scripts/vscode/launch-chromium.mjs";
import { emptyChat } from "../../../src/protocol/chat-state.ts";
import { type BenchRow, describeRow, verdictOn } from "../bench-row.ts";
import { chatOfRecords, chatOfTurns, recordsOfMessages } from "./long-chats.ts";
import { openSession } from "./open-session.ts";
import { historyRows, longStreamRows, openRows, reactionRows, streamRows } from "./panel-rows.ts";
import { seededAnswer } from "./seeded-answer.ts";
import { showHistory } from "./show-history.ts";
import { answerAtOnce, type StreamSample, streamAnswer } from "./stream-answer.ts";
import { tryReactions } from "./try-reactions.ts";

const answerTokens = 20_000;
/** Enough for a long chat: ten seconds. */
const longChatTokens = 5_000;
const rates = [100, 500, 2_000] as const;
const messages = 5_000;

/** What can be measured alone. */
export const panelScenes = ["streams", "long-chats", "reactions"] as const;

/** Measures the panel as it ships, in all scenes or in `only` one of them. @returns whether all is within its budget and the streamed answer is what it has to be */
export async function runPanelBench(rounds: number, say: (line: string) => void, only?: string): Promise<boolean> {
  const plays = (scene: (typeof panelScenes)[number]) => only === undefined || only === scene;
  const browser = await launchChromium();
  try {
    const rows: BenchRow[] = [];
    const tell = (measured: readonly BenchRow[]) => {
      for (const row of measured) say(describeRow(row));
      rows.push(...measured);
    };
    const isExact = !plays("streams") || (await measureStreams(browser, rounds, tell));
    if (plays("streams")) say(`the streamed answer equals the answer in one piece: ${isExact ? "yes" : "NO"}`);
    if (plays("long-chats")) await measureLongChats(browser, rounds, tell);
    if (plays("reactions")) tell(reactionRows(await repeat(rounds, () => tryReactions(browser))));
    const over = rows.filter((row) => verdictOn(row) === "OVER");
    const noisy = rows.filter((row) => verdictOn(row) === "noisy");
    const named = over.map(({ name }) => `\n  ${name}`).join("");
    say(`\n${rows.length} measures, ${noisy.length} too noisy to judge, ${over.length} over budget${named}`);
    return isExact && over.length === 0;
  } finally {
    await browser.close();
  }
}

type Tell = (rows: readonly BenchRow[]) => void;

/** Panel and bare page in turns. */
async function measureStreams(browser: Browser, rounds: number, tell: Tell): Promise<boolean> {
  const deltas = seededAnswer(answerTokens);
  const expected = await answerAtOnce(browser, deltas.join(""));
  let isExact = true;
  for (const perSecond of rates) {
    const [panel, bare]: [StreamSample[], StreamSample[]] = [[], []];
    // At 100 tokens/s the answer takes over three minutes: one round of it says enough.
    for (let round = 0; round < (perSecond === 100 ? 1 : rounds); round += 1) {
      bare.push((await streamAnswer(browser, { deltas, perSecond })).sample);
      const streamed = await streamAnswer(browser, { deltas, perSecond, chat: emptyChat("empty") });
      panel.push(streamed.sample);
      isExact &&= streamed.markup === expected;
    }
    tell(streamRows(answerTokens, perSecond, { panel, bare }));
  }
  return isExact;
}

async function measureLongChats(browser: Browser, rounds: number, tell: Tell): Promise<void> {
  const records = recordsOfMessages(messages);
  const session = `${messages} messages`;
  const chats = [
    ["200 turns", chatOfTurns(200)],
    ["500 turns", chatOfTurns(500)],
    [session, chatOfRecords(records, "session")],
  ] as const;
  const deltas = seededAnswer(longChatTokens);
  const stream = async (chat: (typeof chats)[number][1]) =>
    (await streamAnswer(browser, { deltas, perSecond: 500, chat })).sample;
  const empty = await repeat(rounds, () => stream(emptyChat("empty")));
  for (const [name, chat] of chats) {
    const shown = await repeat(rounds, () => showHistory(browser, chat));
    tell(historyRows(name, shown));
    tell(longStreamRows(name, await repeat(rounds, () => stream(chat)), empty));
    if (name === session) tell(openRows(name, await openSession(records, rounds), shown));
  }
}

async function repeat<Sample>(rounds: number, measure: () => Promise<Sample>): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (let round = 0; round < rounds; round += 1) samples.push(await measure());
  return samples;
}
