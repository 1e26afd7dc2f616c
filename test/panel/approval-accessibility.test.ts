import { describe } from "node:test";
import type { ApprovalRequest } from "../../src/protocol/approval.ts";
import { testEveryTheme } from "../support/panel/accessibility-checks.ts";
import {
  asking,
  commandRequest,
  editRequest,
  networkRequest,
  newFileRequest,
  secretRead,
} from "../support/panel/approval-scenes.ts";
import { bedrockContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { stepStart, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { suiteBrowser } from "../support/panel/suite-panel.ts";

async function ask(panel: PanelPage, ...requests: readonly ApprovalRequest[]): Promise<void> {
  await panel.emit(turnStart("go"), stepStart(), ...requests.flatMap(asking));
  await panel.page.locator(".approval-buttons .button-secondary:not([aria-disabled=true])").last().waitFor();
}

describe("accessibility of approvals", () => {
  const browser = suiteBrowser();

  testEveryTheme(browser, bedrockContext, {
    "a long difference, a command with labels and warnings, and one for a dialog": (panel) =>
      ask(panel, newFileRequest, commandRequest, networkRequest),
    "a short difference with its offers": async (panel) => {
      await ask(panel, editRequest);
      await panel.page.getByRole("button", { name: "More ways to allow" }).click();
    },
    "several at once, and all of a difference": async (panel) => {
      await ask(panel, secretRead(".env"), secretRead("deep/down/.env.local"), newFileRequest);
      await panel.page.getByRole("button", { name: "Show All" }).click();
    },
    "a pause": async (panel) => {
      const pause = { code: "E_LOOP", what: "cycle", message: "E_LOOP: The same two calls again and again." } as const;
      await panel.emit(turnStart("go"), stepStart(), turnEnd({ kind: "paused", pause }));
    },
  });
});
