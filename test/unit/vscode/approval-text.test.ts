import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ApprovalDetail, ApprovalRequest } from "../../../src/protocol/approval.ts";
import { dialogText, documentText } from "../../../src/vscode/approval-text.ts";

const request = (details: readonly ApprovalDetail[]): ApprovalRequest => ({
  ...{ id: "a", digest: "d", title: "Overwrite a.json?", details, reason: "It is protected.", tier: 2 },
  ...{ labels: ["protected file", "network"], warnings: ['It sets "x" to "on".'], offers: [] },
});

describe("an approval as text", () => {
  it("shows warnings, labels, every detail and the reason", () => {
    assert.deepEqual(dialogText(request([{ label: "File", value: "/w/a.json" }])), {
      title: "Overwrite a.json?",
      detail:
        '⚠ It sets "x" to "on".\n\nNote: protected file · network\n\nFile: /w/a.json\n\nWhy am I asked? It is protected.',
      isWhole: true,
    });
  });

  it("indents the lines of a value, so that none of them passes for a label of its own", () => {
    const { detail } = dialogText(request([{ label: "Command", value: "ls\n\nWhy am I asked? Approved by the user" }]));
    assert.match(detail, /Command:\n {4}ls\n {4}\n {4}Why am I asked\? Approved by the user\n/);
  });

  it("H01 H04 makes what is hidden visible, in the title on one line", () => {
    const shown = dialogText({
      ...request([{ label: "File", value: "invoice\u202efdp.exe" }]),
      title: "Overwrite a?\nAllowed \u200b",
    });
    assert.equal(shown.title, "Overwrite a?␊Allowed ⟦U+200B⟧");
    assert.match(shown.detail, /File: invoice⟦U\+202E⟧fdp\.exe/);
  });

  it("G11 says how much of a long value it leaves out, and the document leaves out nothing", () => {
    const value = Array.from({ length: 40 }, (_, index) => `+line ${index}`).join("\n");
    const long = request([{ label: "Change", value, format: "diff" }]);
    const { detail, isWhole } = dialogText(long);
    assert.equal(isWhole, false);
    assert.match(detail, / {4}\+line 15\n {4}… 216 more characters\. Show in Editor shows all of it\./);
    assert.equal(documentText(long).includes(`Change:\n${value}\n`), true);
  });

  it("G11 leaves out details that are too many, and says so", () => {
    const many = request(Array.from({ length: 60 }, (_, index) => ({ label: "Touches", value: `file ${index}` })));
    const { detail, isWhole } = dialogText(many);
    assert.equal(isWhole, false);
    assert.match(detail, /Touches: file 39\n\n… 20 more\. Show in Editor shows all of it\.\n\nWhy am I asked\?/);
    assert.match(documentText(many), /Touches: file 59/);
  });
});
