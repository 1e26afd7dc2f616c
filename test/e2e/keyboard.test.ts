import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { repositoryRoot } from "../../scripts/paths.mjs";
import { type RunningEmulator, startEmulator } from "../../src/emulator/emulator-server.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { untilEqual, untilMatches } from "../support/until.ts";
import { Keyboard } from "../support/vscode/keyboard.ts";
import { renderLog } from "../support/vscode/screen-reader/render-log.ts";
import { ScreenReader } from "../support/vscode/screen-reader/screen-reader.ts";
import { openWorkbench, type Workbench } from "../support/vscode/workbench.ts";
import { bytesOf } from "./bytes-of.ts";

const edit = (old_text: string, new_text: string) => ({
  name: "edit_file",
  input: { path: "src/config.ts", edits: [{ old_text, new_text }] },
});
const mainJob: readonly Reply[] = [
  { text: "I look for it.", toolUses: [{ name: "search_files", input: { pattern: "firstDelay" } }] },
  { toolUses: [{ name: "read_file", input: { path: "src/http/retry-delay.ts" } }] },
  { toolUses: [{ name: "run_task", input: { label: "test" } }] },
  {
    text: [
      "The delay is computed in `src/http/retry-delay.ts`, ",
      "half a second doubled:\n\n```ts\nfirstDelay * 2\n```\n\n",
      "One test **fails**.",
    ],
  },
];
const change: readonly Reply[] = [
  { toolUses: [edit("pollSeconds: 300", "pollSeconds: 600"), edit("from: 21", "from: 22")] },
  { text: "Both are changed." },
];

describe("the whole job without a mouse, as a screen reader tells it", () => {
  let emulator: RunningEmulator;
  let workbench: Workbench;
  let reader: ScreenReader;
  let keyboard: Keyboard;
  let original: Readonly<Record<string, string>>;
  let config: string;

  before(async () => {
    emulator = await startEmulator({ script: { replies: [...mainJob] } });
    workbench = await openWorkbench({
      settings: {
        "outcrop.endpoint": emulator.url,
        "outcrop.region": "us-east-1",
        "outcrop.model": "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "outcrop.chatTitles": "off",
        "workbench.secondarySideBar.defaultVisibility": "hidden",
        "editor.accessibilitySupport": "on",
        // What VS Code adds by itself would be in the file that is compared.
        "editor.autoIndent": "none",
      },
      environment: { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "test" },
      prepare: async (page) => {
        reader = await ScreenReader.of(page);
      },
    });
    keyboard = new Keyboard(workbench.page, reader);
    original = bytesOf(workbench.workspace);
    config = configNow();
    // Git's branch in the status bar: the extension host is there, and with it the keys of extensions.
    await workbench.page.locator(".statusbar-item", { hasText: "main" }).first().waitFor();
  });
  after(async () => {
    await workbench.close();
    await emulator.close();
  });

  const configNow = () => readFileSync(join(workbench.workspace, "src/config.ts"), "utf8");
  /** The line at which the cursor is, as the status bar has it. */
  const atLine = (line: number) => workbench.page.locator(".statusbar-item", { hasText: `Ln ${line},` }).waitFor();
  /** The buttons of a card do nothing in its first half second. Only looks. */
  const untilArmed = async (): Promise<void> => {
    for (const frame of workbench.page.frames()) {
      if ((await frame.locator("[data-approval]").count()) === 0) continue;
      await frame.locator("[data-approval] .button-primary[aria-disabled=false]").first().waitFor();
    }
  };

  it("opens the chat by its key, with the caret in the prompt", async () => {
    reader.begin("Open the chat");
    await keyboard.press("Control+k", "q");
    await reader.hears(/^Prompt\. Enter sends.*, textbox/);
  });

  it("asks, hears each step, allows what is asked for by the keys that were said, and hears the answer once, as a whole", async () => {
    reader.begin("The main job");
    await keyboard.type("where is the retry delay computed, and do the tests pass?");
    await keyboard.press("Enter");
    await reader.hears(/\bWorking\.$/, /Searched for "firstDelay"/);
    await reader.hears(
      /^Approval required: Run task "test"\? Press Control\+Enter to allow once or Control\+Alt\+Enter to skip\.$/,
    );
    await keyboard.press("F8");
    await reader.hears(/^Approval required: Run task "test"\?, region, .*Command line node --test .*Why am I asked\?/);
    await untilArmed();
    await keyboard.press("Control+Enter");
    await reader.hears(/^Prompt\. /, /Answer complete\. 1 code block\. The delay is computed in .+ One test fails\.$/);
    assert.equal(reader.task.filter((said) => said.includes("half a second doubled")).length, 1);
    for (const once of [
      /Read src\/http\/retry-delay\.ts/,
      /Approval required: .* Press/,
      /Ran task "test", exit code 1/,
      /Answer complete/,
      /Working/,
    ]) {
      assert.equal(reader.task.filter((said) => once.test(said)).length, 1, String(once));
    }
  });

  it("allows two changes, one by its keys and one at its card, and hears what there is to review", async () => {
    emulator.setScript({ replies: [...change] });
    reader.begin("A change of a file, in two places");
    await keyboard.type("poll less often, and be quiet later");
    await keyboard.press("Enter");
    await reader.hears(/^Approval required: Edit src\/config\.ts\? Press/);
    await untilArmed();
    await keyboard.press("Control+Enter");
    await reader.hears(/^Approval required: Edit src\/config\.ts\? Press/);
    await untilArmed();
    await keyboard.press("F8");
    await reader.hears(/^Approval required: Edit src\/config\.ts\?, region/);
    await keyboard.walk("Tab", /^Allow Once$/);
    await keyboard.press("Enter");
    await reader.hears(/Answer complete\. Both are changed\. 1 file is changed\. Keep or undo it in the list/);
    assert.equal(reader.task.filter((said) => said.includes("Edited src/config.ts, +1 −1")).length, 2);
    assert.equal(configNow(), config.replace("300", "600").replace("from: 21", "from: 22"));
  });

  it("UX87 reviews: keeps one change and undoes the other by key at the cursor", async () => {
    reader.begin("The review");
    await keyboard.walk("Shift+Tab", /^1 file changed/);
    await keyboard.press("Enter");
    await keyboard.walk("Tab", /^Show changes of src\/config\.ts/);
    await keyboard.press("Enter");
    await reader.hears(/^Diff editor/);
    await workbench.page.locator(".monaco-diff-editor .modified .view-line", { hasText: "600" }).first().waitFor();
    await keyboard.press("Control+Home");
    await atLine(1);
    await keyboard.press("Control+k", ".");
    await atLine(10);
    await keyboard.press("Control+k", "Control+y");
    await reader.hears(/^1 file changed, \+1 −1\.$/);
    assert.equal(configNow(), config.replace("300", "600").replace("from: 21", "from: 22"));
    await keyboard.press("Control+k", ".");
    await atLine(13);
    await keyboard.press("Control+k", "Control+z");
    await reader.hears(/^No change is left to keep or undo\.$/);
    await untilEqual(configNow, config.replace("300", "600"));
  });

  it("restores the checkpoint: a dialog tells of the user's own change, and gives the focus back when it closes", async () => {
    reader.begin("A line of one's own in the file, and the checkpoint before the change restored");
    await keyboard.press("Control+Home");
    await keyboard.type("// mine");
    await keyboard.press("Enter");
    await keyboard.press("Control+s");
    while (!configNow().startsWith("// mine")) await workbench.page.waitForTimeout(20);
    const mine = bytesOf(workbench.workspace);
    await keyboard.press("Control+k", "q");
    await reader.hears(/^Prompt\. /);
    await keyboard.press("Control+ArrowUp");
    await reader.hears(/^Outcrop: Both are changed\./);
    await keyboard.walk("ArrowUp", /^You: poll less often/);
    await keyboard.walk("Tab", /^Restore Checkpoint…/);
    for (const goesOn of [false, true]) {
      await keyboard.press("Enter");
      await reader.hears(/Changed since by you or another program.*src\/config\.ts/);
      await keyboard.walk("Tab", /^Restore Files and Conversation/);
      await keyboard.press("Enter");
      await reader.hears(/Restore the files of this checkpoint\?.*src\/config\.ts.*, dialog|dialog.*Restore the files/);
      await reader.hears(/^Restore, button/);
      // An answer within half a second would be taken for a key that was meant for something else.
      await workbench.page.waitForTimeout(600);
      if (!goesOn) await keyboard.walk("Tab", /^Cancel$/);
      await keyboard.press("Enter");
      if (goesOn) break;
      await reader.hears(/^Restore Checkpoint…, button/);
      assert.deepEqual(bytesOf(workbench.workspace), mine);
    }
    await reader.hears(/^Checkpoint restored\. Redo brings everything back/);
    const focused = async () => {
      const { name, value } = (await reader.focus()) ?? { name: "", value: "" };
      return `${name} ${value}`;
    };
    await untilMatches(focused, /^Prompt\. .*poll less often, and be quiet later$/);
    assert.deepEqual(bytesOf(workbench.workspace), original);

    reader.begin("The restore taken back");
    await keyboard.walk("Shift+Tab", /^Redo$/);
    await keyboard.press("Enter");
    await reader.hears(/^Everything is back\.$/);
    assert.deepEqual(bytesOf(workbench.workspace), mine);
  });

  it("never used the mouse, and keeps the log", () => {
    assert.deepEqual(reader.mouse, []);
    mkdirSync(join(repositoryRoot, "out"), { recursive: true });
    writeFileSync(join(repositoryRoot, "out", "screen-reader-log.md"), renderLog(reader.heard, workbench.workspace));
  });
});
