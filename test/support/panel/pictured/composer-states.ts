import type { Attachment, ContextItem } from "../../../../src/protocol/attachment.ts";
import type { QueueAction } from "../../../../src/protocol/queued-prompt.ts";
import { bedrockContext } from "../contexts.ts";
import type { PanelPage } from "../panel-page.ts";
import { attachment, longAttachment, runningTool, stepEnd, stepStart, text, turnEnd, turnStart } from "../scenes.ts";
import type { PicturedStates } from "./pictured-state.ts";

const chips: readonly Attachment[] = [
  attachment,
  longAttachment,
  { id: "1", kind: "file", label: "retry-delay.ts", path: "src/net/retry-delay.ts" },
  { id: "2", kind: "folder", label: "net", path: "src/net" },
  { id: "3", kind: "symbol", label: "retryDelay", path: "src/net/retry-delay.ts" },
  { id: "4", kind: "problems", label: "Problems", detail: "3 errors" },
  { id: "5", kind: "changes", label: "Changes" },
  { id: "6", kind: "terminal", label: "Terminal" },
  {
    id: "7",
    kind: "image",
    label: "a-screenshot-with-a-long-name.png",
    problem: "Not sent: this model takes no images.",
  },
  { id: "8", kind: "document", label: "report.pdf", detail: "2.1 MB" },
  { id: "9", kind: "pasted", label: "Pasted text #1 – 51 lines" },
  { id: "10", kind: "url", label: "example.com", path: "https://example.com/", loading: true },
];

const found: readonly ContextItem[] = [
  { reference: { kind: "file", path: "src/net/retry-delay.ts" }, label: "retry-delay.ts", description: "src/net" },
  {
    reference: { kind: "file", path: "test/net/retry-delay.test.ts" },
    ...{ label: "retry-delay.test.ts", description: "packages/radio-client/test/net/with/a/deep/folder" },
  },
  { reference: { kind: "folder", path: "src/retry" }, label: "retry", description: "src" },
  {
    reference: { kind: "symbol", name: "retryDelay", path: "src/net/retry-delay.ts", startLine: 3, endLine: 9 },
    ...{ label: "retryDelay", description: "function in retry-delay.ts:3" },
  },
];

async function type(panel: PanelPage, words: string): Promise<void> {
  await panel.page.getByRole("textbox", { name: /^Prompt/ }).focus();
  await panel.page.keyboard.type(words);
}

function queued(id: string, words: string, action: QueueAction) {
  return { type: "queued", prompt: { id, text: words, attachments: [], action }, at: 5 } as const;
}

/** What is written, attached and chosen for the next prompt. */
export const composerStates: PicturedStates = {
  chips: {
    about:
      "Attachments of each kind, one refused, one still read, and the file of the editor, before and after sending.",
    height: 810,
    play: async (panel) => {
      const file = { id: "i", kind: "file", label: "settings.ts", path: "src/settings.ts" } as const;
      const implicit = { attachment: file, enabled: false };
      await panel.say({ type: "context", context: { ...bedrockContext, attachments: chips, implicit } });
      await panel.emit(turnStart("Explain these.", chips), stepStart(), text("These are"), stepEnd(), turnEnd());
    },
  },
  mentions: {
    about: "What may be attached, by # or @.",
    play: async (panel) => {
      await type(panel, "look at #ret");
      await panel.answerQuery("ret", found);
      await panel.page.getByRole("option").first().waitFor();
    },
  },
  "slash-commands": {
    about: "The slash commands.",
    play: async (panel) => {
      await type(panel, "/");
      await panel.page.getByRole("option").first().waitFor();
    },
  },
  help: {
    about: "What can be typed, by /help.",
    height: 700,
    play: async (panel) => {
      await type(panel, "/help\n");
      await panel.page.getByRole("region", { name: "What can be typed here" }).waitFor();
    },
  },
  drop: {
    about: "A file is dragged over the panel.",
    play: async (panel) => {
      await panel.page.getByRole("textbox", { name: /^Prompt/ }).evaluate((element) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.setData("text/uri-list", "file:///w/a.ts");
        element.dispatchEvent(new DragEvent("dragover", { bubbles: true, cancelable: true, dataTransfer }));
      });
      await panel.page.locator(".drop-overlay").waitFor();
    },
  },
  "mode-menu": {
    about: "The menu of modes and permissions.",
    play: (panel) => panel.page.locator(".mode-button").click(),
  },
  "allow-all": {
    about: "Allow All is on in this chat.",
    context: { ...bedrockContext, permissions: "allow-all" },
    play: (panel) => panel.emit(turnStart("Run the tests."), stepStart(), text("They pass."), stepEnd(), turnEnd()),
  },
  queue: {
    about: "Prompts that wait while an answer runs.",
    play: async (panel) => {
      await panel.emit(turnStart("Cap the retry delay."), stepStart(), text("I look at it."));
      await panel.emit(queued("a", "Then write tests of the cap, and of the jitter too.", "queue"));
      await panel.emit(queued("b", "Leave the settings alone.", "steer"));
    },
  },
  "send-menu": {
    about: "The ways to send a prompt while an answer runs.",
    play: async (panel) => {
      await panel.emit(turnStart("Cap the retry delay."), stepStart(), text("I look at it."));
      await panel.page.locator("textarea").last().fill("And what about timeouts?");
      await panel.page.locator(".send-menu-toggle").click();
    },
  },
  steered: {
    about: "What was said in the middle of an answer.",
    play: async (panel) => {
      await panel.emit(turnStart("Cap the retry delay."), stepStart(), text("I look at it."));
      await panel.emit(...runningTool("a", "read_file", "Reading src/net/retry-delay.ts", "{}"), {
        ...{ type: "tool-end", id: "a", state: "succeeded", at: Date.now() },
        ...{ title: "Read src/net/retry-delay.ts", result: "" },
      });
      await panel.emit(stepEnd("tool_use"), {
        ...{ type: "steered", id: "a", prompt: "Leave the settings alone.", attachments: [], at: Date.now() },
      });
      await panel.emit(stepStart(2), text("Then I change the cap only."));
    },
  },
  "context-use": {
    about: "What fills the model's context, and what the chat cost.",
    play: async (panel) => {
      const context = {
        ...{ system: 3_200, tools: 9_400, history: 158_000, attachments: 4_100, window: 200_000, reserved: 8_192 },
        counted: true,
      } as const;
      const cost = { dollars: 1.27, unknown: 0, prices: "price table of 2026-11-21" };
      const end = { ...stepEnd(), ...{ cost, context } };
      await panel.emit(turnStart("Cap the retry delay."), stepStart(), text("It is capped."), end, turnEnd());
      await panel.page.locator(".context-use button").first().click();
    },
  },
};
