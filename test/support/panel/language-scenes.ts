import type { ChatEvent, TurnOutcome } from "../../../src/protocol/chat-event.ts";
import type { PanelContext } from "../../../src/protocol/panel-messages.ts";
import type { TurnError } from "../../../src/protocol/turn-error.ts";
import { bedrockContext } from "./contexts.ts";
import type { PanelPage } from "./panel-page.ts";
import { approvalRequest, asked, awaitingTool, runningTool, stepEnd, stepStart, text, turnEnd } from "./scenes.ts";

/** What does not come from the panel in these scenes: the user's words, the model's, and those of the host. */
export interface Content {
  readonly words: string;
  readonly answer: string;
}

const path = "lorem/ipsum.ts";
const attachment = { id: "a1", label: "ipsum.ts:10-20", path, startLine: 10, endLine: 20 };
const { connection } = bedrockContext;

/** The panel's context with nothing of its own in it but this content. */
export function contextOf({ words }: Content): PanelContext {
  const implicit = { attachment: { id: "i", kind: "file", label: "ipsum.ts", path }, enabled: false } as const;
  return { ...bedrockContext, suggestions: [words], repository: [words], attachments: [attachment], implicit };
}

function failureOf(words: string): TurnError {
  return {
    kind: "throttled",
    message: words,
    detail: words,
    requestId: "0",
    actions: ["retry", "select-model", "compact", "sign-in", "open-settings", "try-demo", "show-log"],
  };
}

function turn({ words }: Content, turnId: string, ...events: readonly ChatEvent[]): readonly ChatEvent[] {
  const at = Date.now();
  return [
    { type: "turn-start", turnId, prompt: words, attachments: [attachment], connection, at },
    stepStart(),
    ...events,
  ];
}

function endOf(state: "succeeded" | "failed" | "denied" | "cancelled", id: string, title: string): ChatEvent {
  return { type: "tool-end", id, state, title, result: title, at: Date.now() };
}

function outcomesOf(words: string): readonly TurnOutcome[] {
  return [
    { kind: "cancelled" },
    { kind: "max-tokens" },
    { kind: "step-limit", steps: 25 },
    { kind: "interrupted" },
    { kind: "failed", error: failureOf(words), cutOff: true },
    { kind: "stopped", stopReason: "guardrail_intervened" },
    { kind: "stopped", stopReason: "content_filtered" },
    { kind: "stopped", stopReason: "model_context_window_exceeded" },
    {
      kind: "stopped",
      stopReason: "guardrail_intervened",
      guardrail: { blocked: true, findings: [{ policy: "topic", name: "lorem", side: "input" }] },
    },
  ];
}

/** All that the panel shows, a scene for each of its parts. */
export const languageScenes: Readonly<Record<string, (panel: PanelPage, content: Content) => Promise<void>>> = {
  "an empty chat": async () => {},
  "an answer": async (panel, content) => {
    const { words } = content;
    const at = Date.now();
    await panel.emit(
      ...turn(
        content,
        "t1",
        { type: "reasoning-delta", block: 0, text: words, at },
        { type: "routed", tier: "fast", reason: words, connection, usage: null, at },
        { type: "notice", text: words, at },
        text(content.answer, 1),
        stepEnd(),
        { type: "served", cache: { share: 0.5, detail: words, endsAt: at + 100_000 }, differences: [words], at },
        turnEnd(),
      ),
    );
    await panel.page.locator(".reasoning button").click();
    await panel.page.locator(".prompt-bubble").click();
  },
  "calls of tools": async (panel, content) => {
    const { words } = content;
    const at = Date.now();
    await panel.emit(
      ...turn(content, "t1", text(words)),
      {
        type: "plan",
        items: [
          { text: words, status: "done" },
          { text: words, status: "in_progress" },
        ],
        at,
      },
      ...(["succeeded", "failed", "denied", "cancelled"] as const).flatMap((state) => [
        ...runningTool(state, "read_file", words, "{}"),
        endOf(state, state, words),
      ]),
      ...runningTool("r1", "run_task", words, "{}"),
      { type: "tool-output", id: "r1", text: `${words}\n` },
      { type: "tool-still-running", id: "r1", endsAt: at + 100_000, at },
    );
    await panel.page.locator(".plan button").first().click();
    for (const header of await panel.page.locator(".tool .disclosure-header").all()) await header.click();
  },
  "an approval and a question": async (panel, content) => {
    const { words } = content;
    const request = {
      ...approvalRequest,
      title: words,
      details: [{ label: "lorem", value: words, format: "command" as const }],
      reason: words,
      labels: ["lorem"],
      warnings: [words],
      offers: approvalRequest.offers.map((offer) => ({ ...offer, label: words, rules: [words] })),
    };
    const second = { ...request, id: "call-4", tier: 2 as const };
    const events = [request, second].flatMap((each) =>
      awaitingTool(each).map((event) => ({
        ...event,
        ...("title" in event && { title: words }),
        ...("intent" in event && { intent: words }),
        ...(event.type === "tool-input" && { input: "{}" }),
      })),
    );
    const options = [{ label: "lorem", description: words }];
    await panel.emit(...turn(content, "t1"), ...events, asked({ text: words, options, multiple: true }));
    await panel.page.locator(".split-button-toggle").first().click();
  },
  endings: async (panel, content) => {
    const { words } = content;
    for (const [index, outcome] of outcomesOf(words).entries()) {
      await panel.emit(...turn(content, `t${index}`, text(words)), turnEnd(outcome));
    }
    const folded = panel.page.locator(".notice [aria-expanded=false]");
    while ((await folded.count()) > 0) await folded.first().click();
  },
  waits: async (panel, content) => {
    const { words } = content;
    const at = Date.now();
    const error = failureOf(words);
    await panel.emit(
      ...turn(content, "t1", text(words)),
      { type: "retry-scheduled", error, retry: 1, retries: 5, delayMs: 60_000, at },
      stepStart(1, 2),
      text(words),
      stepEnd(),
      {
        type: "compaction",
        compaction: { kind: "trim", id: 1, before: 1 },
        usage: null,
        tokens: { before: 9, after: 1 },
        at,
      },
      stepStart(2),
      { type: "pace", reason: "tokens-per-minute", delayMs: 60_000, limit: 9, at },
    );
  },
  silence: async (panel, content) => {
    const at = Date.now() - 40_000;
    await panel.emit(...turn(content, "t1"));
    await panel.emit({ type: "silence", phase: "first-byte", silentMs: 30_000, limitMs: 90_000, at });
  },
  "changed files and prompts that wait": async (panel, content) => {
    const { words } = content;
    await panel.emit(...turn(content, "t1", text(words)));
    const files = (["changed", "created", "deleted"] as const).map((state) => ({
      ...{ path: `/lorem/ipsum.ts?${state.length}`, label: path, state },
      lines: { added: 1, removed: 2 },
    }));
    await panel.say({ type: "review", review: { files, canRedo: true } });
    await panel.page.locator("textarea").fill(words);
    await panel.page.locator(".changes button").first().click();
    await panel.page.locator(".send-menu-toggle").click();
  },
  "the mode": async (panel) => {
    await panel.page.locator(".mode-button").click();
  },
  commands: async (panel) => {
    await panel.page.locator("textarea").focus();
    await panel.page.keyboard.type("/");
    await panel.page.getByRole("option").first().waitFor();
  },
  help: async (panel) => {
    await panel.page.locator("textarea").focus();
    await panel.page.keyboard.type("/help\n");
    await panel.page.locator(".help-card, [role=region]").first().waitFor();
  },
  context: async (panel) => {
    await panel.page.locator("textarea").focus();
    await panel.page.keyboard.type("#");
    await panel.page.getByRole("option").first().waitFor();
  },
  find: async (panel, content) => {
    await panel.emit(...turn(content, "t1", text(content.words), stepEnd(), turnEnd()));
    await panel.page.keyboard.press("Control+f");
    await panel.page.locator(".find-bar input, .find input").first().waitFor();
  },
};
