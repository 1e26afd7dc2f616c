import assert from "node:assert/strict";
import { mock, test } from "node:test";
import * as vscode from "vscode";
import type { Dialogs } from "../../src/vscode/dialogs.ts";
import { NativeDialogs } from "../../src/vscode/native-dialogs.ts";
import { openLink } from "../../src/vscode/open-link.ts";

const question = { title: "Open?", detail: "", buttons: ["Open"] as const };

test("a dialog is open until it is answered, not until the panel has the focus again", async (context) => {
  const shown = mock.method(vscode.window, "showWarningMessage", async () => undefined);
  context.after(() => shown.mock.restore());
  const focusIsBack = Promise.withResolvers<void>();
  const dialogs: NativeDialogs = new NativeDialogs({ hasFocus: true, returnFocus });
  const seen = Promise.withResolvers<boolean>();
  function returnFocus(): Promise<void> {
    seen.resolve(dialogs.isOpen);
    return focusIsBack.promise;
  }
  const answer = dialogs.ask(question);
  assert.equal(dialogs.isOpen, true);
  assert.equal(await seen.promise, false);
  focusIsBack.resolve();
  assert.equal(await answer, undefined);
});

test("a link that is refused is told of behind a dialog too; one that is asked about is not asked about there", async (context) => {
  const told: string[] = [];
  const shown = mock.method(vscode.window, "showInformationMessage", async (text: string) => {
    told.push(text);
  });
  context.after(() => shown.mock.restore());
  const behindAnother: Dialogs = { isOpen: true, ask: () => assert.fail("a second dialog was asked for") };
  await openLink("https://example.org/", behindAnother);
  assert.deepEqual(told, []);
  await openLink("file:///etc/passwd", behindAnother);
  assert.match(told.join(), /^The link was not opened\. /);
});
