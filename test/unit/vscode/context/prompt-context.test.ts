import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ToolError } from "../../../../src/agent/tool.ts";
import { file, gathered, openPromptContext } from "../../../support/prompt-context.ts";

describe("what goes with the next prompt", () => {
  it("UX23 has its chip at once, and its content when it was read", async () => {
    const { context, reader, changes } = openPromptContext();
    context.attach("1", file("src/a.ts"));
    assert.deepEqual(context.shown, [{ id: "1", kind: "file", label: "a.ts", loading: true }]);
    reader(file("src/a.ts")).resolve([gathered("a.ts")]);
    const [taken] = await context.claim("go", ["1"]).read();
    assert.deepEqual([taken?.id, taken?.text], ["1", "a.ts"]);
    assert.deepEqual(context.shown, [{ id: "1", kind: "file", label: "a.ts", path: "a.ts" }]);
    assert.equal(changes(), 2);
  });

  it("UX30 what cannot be read stays as a chip with its reason, and is told with the prompt", async () => {
    const { context, reader, reports } = openPromptContext();
    context.attach("1", file("id_rsa"));
    reader(file("id_rsa")).reject(new ToolError("It holds keys."));
    const [taken] = await context.claim("go", ["1"]).read();
    assert.deepEqual([taken?.problem, taken?.text], ["It holds keys.", ""]);
    assert.deepEqual(context.shown, [{ id: "1", kind: "file", label: "id_rsa", problem: "It holds keys." }]);
    context.attach("2", file("b"));
    reader(file("b")).reject(new TypeError("a bug"));
    await context.claim("go", ["2"]).read();
    assert.equal(reports.length, 1);
  });

  it("several files that come of one wish are several chips, each removed by itself", async () => {
    const { context, reader } = openPromptContext();
    context.attach("1", { kind: "editors" });
    reader({ kind: "editors" }).resolve([gathered("a"), gathered("b")]);
    assert.deepEqual(
      (await context.claim("go", ["1"]).read()).map(({ label }) => label),
      ["a", "b"],
    );
    context.remove("1-1");
    assert.deepEqual(
      context.shown.map(({ label }) => label),
      ["a"],
    );
  });

  it("the same is attached once, and what was removed meanwhile does not come back", async () => {
    const { context, reader } = openPromptContext();
    context.attach("1", file("a"));
    context.attach("2", file("./a"));
    reader(file("a")).resolve([gathered("a")]);
    reader(file("./a")).resolve([gathered("a")]);
    await context.claim("go", ["1", "2"]).read();
    assert.equal(context.shown.length, 1);
    context.attach("3", file("b"));
    context.remove("3");
    reader(file("b")).resolve([gathered("b")]);
    await context.claim("go", ["3"]).read();
    assert.equal(context.shown.length, 1);
  });

  it("UX30 UX27 an image that the chosen model does not take is flagged, and kept for one that does", async () => {
    const { context } = openPromptContext({ refusal: "No images." });
    const media = { image: { format: "png", source: { bytes: new Uint8Array([1]) } } } as const;
    context.add({ id: "i", kind: "image", label: "x.png", text: "", language: "", media });
    assert.equal(context.shown[0]?.problem, "No images.");
    const [taken] = await context.claim("look", ["i"]).read();
    assert.deepEqual([taken?.problem, taken?.media], ["No images.", media]);
  });

  it("UX24 suggests nothing that is attached", () => {
    const shown = { id: "implicit", kind: "selection", label: "a:1", path: "a", startLine: 1 } as const;
    const { context } = openPromptContext({ suggested: { attachment: shown, enabled: true } });
    assert.equal(context.implicit?.enabled, true);
    context.add({ id: "own", label: "a:1", path: "a", startLine: 1, text: "x", language: "" });
    assert.equal(context.implicit, undefined);
  });

  it("UX7 is attached again in the next window: read anew where a name stands for it, else as it was", async () => {
    const { context, reader, saved } = openPromptContext({
      kept: [
        { attachment: { id: "p", kind: "pasted", label: "Pasted", text: "much", language: "" } },
        { id: "1", reference: file("a") },
      ],
    });
    context.add({ id: "own", label: "b.ts:1", path: "b.ts", startLine: 1, text: "b", language: "" });
    await context.restore();
    await context.restore();
    assert.deepEqual(
      context.shown.map(({ id, label }) => [id, label]),
      [
        ["p", "Pasted"],
        ["1", "a"],
        ["own", "b.ts:1"],
      ],
    );
    reader(file("a")).resolve([gathered("a", "as it is now")]);
    assert.deepEqual(
      (await context.claim("go", ["p", "1"]).read()).map(({ text }) => text),
      ["much", "as it is now"],
    );
    assert.deepEqual(
      saved().map(({ id, reference }) => [id, reference?.kind]),
      [
        ["p", undefined],
        ["1", "file"],
        ["own", undefined],
      ],
    );
  });

  it("UX7 what was kept does not come back where it was cleared before it was there", async () => {
    const { context } = openPromptContext({ kept: [{ id: "1", reference: file("a") }] });
    const restored = context.restore();
    context.clear();
    await restored;
    assert.deepEqual(context.shown, []);
  });
});
