import { bedrockContext } from "./contexts.ts";
import type { PanelPage } from "./panel-page.ts";
import {
  answer,
  attachment,
  awaitingTool,
  longAttachment,
  queuedTool,
  runningTool,
  stepEnd,
  stepStart,
  text,
  throttled,
  turnEnd,
  turnStart,
} from "./scenes.ts";

type Scene = (panel: PanelPage) => Promise<void>;

/** What most of the panel is made of, for tests that look at every theme. */
export const scenes: Readonly<Record<string, Scene>> = {
  "an empty chat of the demo": async () => {},
  "an answer with attachments": async (panel) => {
    await panel.snapshot({ ...bedrockContext, attachments: [attachment, longAttachment] });
    await panel.page.locator("textarea").fill("next");
    await panel.emit(turnStart("where?", [attachment]), stepStart());
    await panel.emit(
      { type: "reasoning-delta", block: 0, text: "Hm.", at: Date.now() },
      text(answer, 1),
      stepEnd(),
      turnEnd(),
    );
    await panel.page.locator(".reasoning button").click();
    await panel.page.locator(".hljs-keyword").first().waitFor();
  },
  "tools and an approval": async (panel) => {
    await panel.emit(turnStart("test"), stepStart(), text("I run them."));
    await panel.emit(...runningTool("c1", "run_task", 'Running task "build"', "{}"), {
      type: "tool-output",
      id: "c1",
      text: "building\n",
    });
    await panel.emit(...awaitingTool(), ...queuedTool("c4", "lint"), ...queuedTool("c5", "types"), stepEnd("tool_use"));
    await panel.emit({ type: "tool-end", id: "c5", state: "denied", title: "x", result: "", at: Date.now() });
    await panel.page.locator("textarea").fill("and then?");
    await panel.page.locator("textarea").press("Enter");
    await panel.page.locator(".approval .button-primary:not([aria-disabled=true])").first().waitFor();
    await panel.page.locator(".tool .disclosure-header").first().click();
    await panel.page.getByRole("button", { name: "More ways to allow" }).click();
  },
  "errors and retries": async (panel) => {
    await panel.emit(turnStart("a", [], "t1"), turnEnd({ kind: "step-limit", steps: 25 }));
    await panel.emit(turnStart("b", [], "t2"), turnEnd({ kind: "failed", error: throttled, cutOff: false }));
    await panel.page.getByRole("button", { name: "Details" }).click();
    await panel.emit(turnStart("c", [], "t3"), stepStart());
    await panel.emit({
      type: "retry-scheduled",
      error: throttled,
      retry: 1,
      retries: 5,
      delayMs: 60_000,
      at: Date.now(),
    });
  },
};
