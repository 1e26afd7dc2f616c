import type { ApprovalRequest } from "../../../../src/protocol/approval.ts";
import { asking, commandRequest, editRequest, networkRequest, newFileRequest, secretRead } from "../approval-scenes.ts";
import type { PanelPage } from "../panel-page.ts";
import { approvalRequest, asked, awaitingTool, stepStart, text, turnEnd, turnStart } from "../scenes.ts";
import type { PicturedStates } from "./pictured-state.ts";

async function ask(panel: PanelPage, ...requests: readonly ApprovalRequest[]): Promise<void> {
  await panel.emit(turnStart("Cap the retry delay."), stepStart(), text("I change it."), ...requests.flatMap(asking));
  await panel.page.locator(".approval-buttons .button-secondary:not([aria-disabled=true])").last().waitFor();
}

/** The panel asks: for an approval, for an answer, for a confirmation. */
export const decisionStates: PicturedStates = {
  "approval-task": {
    about: "A task asks to run; the ways to allow it are unfolded.",
    play: async (panel) => {
      await panel.emit(turnStart("Run the tests."), stepStart(), text("I run them."), ...awaitingTool(approvalRequest));
      await panel.page.locator(".approval .button-primary:not([aria-disabled=true])").first().waitFor();
      await panel.page.getByRole("button", { name: "More ways to allow" }).click();
    },
  },
  "approval-edit": { about: "An edit, with its difference.", height: 850, play: (panel) => ask(panel, editRequest) },
  "approval-new-file": {
    about: "A new file, its first lines.",
    height: 850,
    play: (panel) => ask(panel, newFileRequest),
  },
  "approval-command": {
    about: "A command with labels and a warning.",
    height: 760,
    play: (panel) => ask(panel, commandRequest),
  },
  "approval-dialog": {
    about: "A command that reaches the network: it is allowed in a dialog of the editor only.",
    height: 600,
    play: (panel) => ask(panel, networkRequest),
  },
  "approval-batch": {
    about: "Several requests at once, with the bar that answers all of them.",
    height: 640,
    play: (panel) => ask(panel, secretRead(".env"), secretRead("deep/down/.env.local")),
  },
  question: {
    about: "The model asks.",
    play: (panel) => panel.emit(turnStart("Add a store for the users."), stepStart(), asked()),
  },
  "question-multiple": {
    about: "The model asks, and several answers may be chosen.",
    play: async (panel) => {
      const question = { text: "Which of the databases should the tests run against?", multiple: true };
      await panel.emit(turnStart("Add a store for the users."), stepStart(), asked(question));
      await panel.page.getByRole("checkbox").first().check();
    },
  },
  "restore-question": {
    about: "Before a checkpoint is restored.",
    height: 680,
    play: async (panel) => {
      await panel.emit(turnStart("Cap the retry delay.", [], "t1"), stepStart(), text("It is capped."), turnEnd());
      await panel.page.getByRole("button", { name: "Restore Checkpoint…" }).click();
      const detail =
        "Will be restored:\n  src/net/retry-delay.ts\n\n⚠ Changed since by you or another program; those changes will be lost:\n  src/settings.ts";
      const restore = { turnId: "t1", detail, hasFiles: true };
      await panel.say({ type: "review", review: { files: [], canRedo: false, restore } });
    },
  },
  "edited-prompt": {
    about: "A prompt that was sent, opened for editing.",
    play: async (panel) => {
      await panel.emit(turnStart("Cap the retry delay.", [], "t1"), stepStart(), text("It is capped."), turnEnd());
      await panel.page.locator(".prompt-bubble").click();
    },
  },
};
