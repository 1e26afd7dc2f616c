import { describe } from "node:test";
import type { Attachment, ContextItem } from "../../src/protocol/attachment.ts";
import { testEveryTheme } from "../support/panel/accessibility-checks.ts";
import { bedrockContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { longAttachment, turnStart } from "../support/panel/scenes.ts";
import { suiteBrowser } from "../support/panel/suite-panel.ts";

const attachments: readonly Attachment[] = [
  longAttachment,
  { id: "1", kind: "file", label: "retry-delay.ts", path: "src/net/retry-delay.ts" },
  { id: "2", kind: "image", label: "a-screenshot-with-a-long-name.png", problem: "Not sent: no images." },
  { id: "3", kind: "url", label: "example.com", path: "https://example.com/", loading: true },
];
const found: readonly ContextItem[] = [
  { reference: { kind: "file", path: "src/net/retry-delay.ts" }, label: "retry-delay.ts", description: "src/net" },
  { reference: { kind: "folder", path: "src/net" }, label: "net", description: `src/${"long/".repeat(30)}` },
];

async function type(panel: PanelPage, text: string): Promise<void> {
  await panel.page.getByRole("textbox", { name: /^Prompt/ }).focus();
  await panel.page.keyboard.type(text);
}

describe("the context of a prompt", () => {
  testEveryTheme(suiteBrowser(), bedrockContext, {
    "UX97 chips, before and after": async (panel) => {
      const implicit = {
        attachment: { id: "i", kind: "file", label: "a.ts", path: "src/a.ts" },
        enabled: false,
      } as const;
      await panel.say({ type: "context", context: { ...bedrockContext, attachments, implicit } });
      await panel.emit(turnStart("explain", attachments));
    },
    "UX97 what a mark finds": async (panel) => {
      await type(panel, "look at #ret");
      await panel.answerQuery("ret", found);
      await panel.page.getByRole("option").first().waitFor();
    },
    "UX97 nothing found": async (panel) => {
      await type(panel, "#x");
      await panel.answerQuery("x", []);
    },
    "UX97 commands": async (panel) => {
      await type(panel, "/");
      await panel.page.getByRole("option").first().waitFor();
    },
    "UX97 help": async (panel) => {
      await type(panel, "/help\n");
      await panel.page.getByRole("region", { name: "What can be typed here" }).waitFor();
    },
  });
});
