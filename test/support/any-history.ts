import type { ContentBlock, Message, ToolUseBlock } from "@aws-sdk/client-bedrock-runtime";
import * as fc from "fast-check";
import { applyCompaction, planSummary, planTrim } from "../../src/chat/compaction.ts";
import { applyWithheld } from "../../src/chat/withheld.ts";
import type { Compaction } from "../../src/protocol/compaction.ts";
import type { Withheld } from "../../src/protocol/withheld.ts";

/** A PNG's header of the given size; what follows does not matter to anyone here. */
export function pngHeader(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(33);
  bytes.write("\x89PNG\r\n\x1a\n", 0, "latin1");
  bytes.write("IHDR", 12, "latin1");
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

const anyText = fc.constantFrom("Hi", "Look at src.", "", " \n", "\ud83d!", "😀 done");
const text = anyText.map((said): ContentBlock => ({ text: said }));
const image = fc
  .constantFrom(pngHeader(10, 10), pngHeader(9_000, 10), new Uint8Array([1, 2, 3]), new Uint8Array())
  .map((bytes): ContentBlock => ({ image: { format: "jpeg", source: { bytes } } }));
const document = fc.tuple(fc.constantFrom("a.pdf", "a.pdf", "Pläne  (1)", ""), fc.constantFrom("x", "")).map(
  ([name, content]): ContentBlock => ({
    document: { name, format: "txt", source: { bytes: new TextEncoder().encode(content) } },
  }),
);

/** Reasoning as different models give it: signed, unsigned, redacted, with nothing but a signature. */
const reasoning = fc.constantFrom<readonly ContentBlock[]>(
  [],
  [],
  [{ reasoningContent: { reasoningText: { text: "hm", signature: "s" } } }],
  [{ reasoningContent: { reasoningText: { text: "", signature: "s" } } }],
  [{ reasoningContent: { reasoningText: { text: "hm" } } }],
  [{ reasoningContent: { redactedContent: new Uint8Array([1]) } }],
);

const toolNames = ["look", "git-log", "mcp.files/read-all", "a".repeat(70)];
const toolUseId = fc.constantFrom("tooluse_1", "tooluse_2", "call:3", "aB3dE6gH9", "ünicode id");
const input: fc.Arbitrary<ToolUseBlock["input"]> = fc.constantFrom<ToolUseBlock["input"]>(
  { place: "here" },
  {},
  [],
  "text",
  null,
  { odd: "\ud83d", deep: [1] },
);
const toolUse = fc
  .record({ toolUseId, name: fc.constantFrom(...toolNames), input })
  .map((use): ContentBlock => ({ toolUse: use }));
const serverUse = fc.constant<ContentBlock>({
  toolUse: { toolUseId: "server_1", name: "web", input: {}, type: "server_tool_use" },
});

type Fate = "answered" | "partly answered" | "crashed" | "denied" | "answered with a word" | "failed blank";

/** A step of a turn: what the model said and called, and what became of its calls. */
interface Step {
  readonly said: readonly ContentBlock[];
  readonly fate: Fate;
  readonly output: ContentBlock | undefined;
  /** What the tools found, as text. */
  readonly found: string;
}

const step: fc.Arbitrary<Step> = fc.record({
  said: fc
    .tuple(
      reasoning,
      fc.array(text, { maxLength: 2 }),
      fc.array(fc.oneof(toolUse, toolUse, serverUse), { maxLength: 3 }),
    )
    .map(([thought, spoken, called]) => [...thought, ...spoken, ...called]),
  fate: fc.constantFrom<Fate>(
    "answered",
    "answered",
    "partly answered",
    "crashed",
    "denied",
    "answered with a word",
    "failed blank",
  ),
  output: fc.option(fc.oneof(image, document), { nil: undefined, freq: 4 }),
  // The longer ones are shortened by a compaction, in the middle of a character where it looks for no border.
  found: fc.constantFrom("found \ude00", "one line\n".repeat(60), `.${"😀".repeat(300)}`),
});

type Log =
  | { readonly kind: "turn"; readonly prompt: readonly ContentBlock[]; readonly steps: readonly Step[] }
  /** The user edits an earlier prompt, or goes back to it: what came after is gone. */
  | { readonly kind: "branch"; readonly at: number }
  /** A record of the journal was lost. */
  | { readonly kind: "loss"; readonly at: number }
  /** Old results to a line each, or a summary in the place of what came before. */
  | { readonly kind: "compaction"; readonly summary: string | undefined }
  /** A guardrail or the service refused these blocks. */
  | { readonly kind: "withheld"; readonly places: readonly Withheld[] };

const withheld: fc.Arbitrary<Withheld> = fc.record({
  message: fc.nat(12),
  block: fc.nat(4),
  reason: fc.constantFrom("guardrail" as const, "refused" as const),
});

const log: fc.Arbitrary<Log> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("turn" as const),
      prompt: fc.array(fc.oneof(text, text, image, document), { minLength: 1, maxLength: 3 }),
      steps: fc.array(step, { maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("branch" as const), at: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("loss" as const), at: fc.nat(20) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("compaction" as const),
      summary: fc.constantFrom(undefined, "They looked.", " "),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("withheld" as const),
      places: fc.array(withheld, { minLength: 1, maxLength: 4 }),
    }),
  },
);

/** A history in which every call has its result: nothing was lost, and the process never died. */
export const wholeHistory: fc.Arbitrary<readonly Message[]> = fc
  .array(fc.array(step, { maxLength: 4 }), { minLength: 1, maxLength: 4 })
  .map((turns) =>
    turns.flatMap((steps): readonly Message[] => [
      { role: "user", content: [{ text: "Go on." }] },
      ...steps.flatMap((taken) => playStep({ ...taken, fate: "answered" })),
    ]),
  );

/** What a session keeps: everything, and what of it the model does not get. */
interface Kept {
  readonly messages: readonly Message[];
  readonly compaction: Compaction | undefined;
  readonly withheld: readonly Withheld[];
}

const nothing: Kept = { messages: [], compaction: undefined, withheld: [] };

/**
 * What a session of many models, stops, crashes, denials, edits, compactions and refused parts sends; it ends with a
 * prompt.
 */
export const anyHistory: fc.Arbitrary<readonly Message[]> = fc.array(log, { maxLength: 7 }).map((logs) => {
  const { messages, compaction, withheld: parts } = logs.reduce(play, nothing);
  const all: readonly Message[] = [...messages, { role: "user", content: [{ text: "And now?" }] }];
  return applyCompaction(applyWithheld(all, parts), compaction);
});

function play(kept: Kept, entry: Log): Kept {
  const { messages } = kept;
  switch (entry.kind) {
    case "branch":
      return cutTo(kept, messages.slice(0, entry.at));
    case "loss":
      return cutTo(kept, messages.toSpliced(entry.at, 1));
    case "turn":
      return {
        ...kept,
        messages: [...messages, { role: "user", content: [...entry.prompt] }, ...entry.steps.flatMap(playStep)],
      };
    case "compaction":
      return { ...kept, compaction: compact(kept, entry.summary) ?? kept.compaction };
    case "withheld":
      return { ...kept, withheld: [...kept.withheld, ...entry.places] };
  }
}

/** What is no longer there has no shorter form. */
function cutTo({ compaction, ...kept }: Kept, messages: readonly Message[]): Kept {
  const stands = compaction !== undefined && compaction.before <= messages.length;
  return { ...kept, messages, compaction: stands ? compaction : undefined };
}

/** As the session makes it. */
function compact({ messages, compaction, withheld: parts }: Kept, text: string | undefined): Compaction | undefined {
  const sent = applyWithheld(messages, parts);
  const id = (compaction?.id ?? 0) + 1;
  const trimmed = planTrim(sent, compaction);
  if (text === undefined) return trimmed === undefined ? undefined : { kind: "trim", id, before: trimmed };
  const before = planSummary(sent, compaction);
  return before === undefined ? undefined : { kind: "summary", id, before, text };
}

function playStep({ said, fate, output, found }: Step): readonly Message[] {
  const answer: Message = { role: "assistant", content: [...said] };
  const ids = said.flatMap(({ toolUse: use }) => (use?.type === undefined ? (use?.toolUseId ?? []) : []));
  const results = ids.map((id): ContentBlock => toResult(id, fate, output, found));
  if (fate === "crashed" || results.length === 0) return [answer];
  const given = fate === "partly answered" ? results.slice(1) : results;
  const words: readonly ContentBlock[] = fate === "answered with a word" ? [{ text: "Be quick." }] : [];
  return [answer, { role: "user", content: [...words, ...given] }];
}

function toResult(id: string, fate: Fate, output: ContentBlock | undefined, found: string): ContentBlock {
  const content = fate === "failed blank" ? [{ text: " " }] : [{ text: found }, { json: { "\ud83d": [null] } }];
  const media = output?.image === undefined ? [] : [{ image: output.image }];
  const papers = output?.document === undefined ? [] : [{ document: output.document }];
  const status = fate === "denied" || fate === "failed blank" ? "error" : "success";
  return { toolResult: { toolUseId: id, status, content: [...content, ...media, ...papers] } };
}
