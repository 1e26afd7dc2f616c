import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { WholeResults } from "../../../../src/tools/results/whole-results.ts";

const where = "The whole result is in /kept; read_file reads any lines of it.";

/** What is kept goes to a list. */
function scene(said: string = where) {
  const kept: string[] = [];
  const results = new WholeResults(async (text) => {
    kept.push(text);
    return said;
  });
  const fit = async (text: string, whenCut?: string): Promise<string> => {
    const content = await results.fit([{ text }], whenCut);
    assert.equal(content.length, 1);
    return content[0]?.text ?? "";
  };
  return { kept, results, fit };
}

const numbered = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index + 1}`).join("\n");
const image = { image: { format: "png", source: { bytes: new Uint8Array(100_000) } } } as const;

describe("a result that is too long for the model", () => {
  it("is as it was where it is not", async () => {
    const { results, kept } = scene();
    const content = [{ text: "x".repeat(24_000) }, { json: { a: "y".repeat(23_900) } }, image];
    assert.equal(await results.fit(content, "Ask for less."), content);
    assert.equal(await results.fitError("x".repeat(8_000)), "x".repeat(8_000));
    assert.deepEqual(kept, []);
  });

  it("goes to it as whole lines of head and tail, with the numbers of those that are left out", async () => {
    const { fit, kept } = scene();
    const text = numbered(20_000);
    const told = await fit(`${text}\n`, "Ask for less.");
    assert.deepEqual(kept, [`${text}\n`]);
    assert.ok(told.length <= 48_000 && told.length > 47_500, `${told.length}`);
    const [, head = "", from, to, tail = ""] =
      /^(.*)\n… \(lines ([\d,]+) to ([\d,]+) of 20,000 left out\) …\n(.*)\n\n\(.*\)$/su.exec(told) ?? [];
    const [first, last] = [from, to].map((shown) => Number(shown?.replace(",", "")));
    assert.ok(head.endsWith(`\nline ${Number(first) - 1}`) && tail.startsWith(`line ${Number(last) + 1}\n`));
    assert.ok(head.length > 1.9 * tail.length && tail.endsWith("line 20000"));
    assert.ok(told.endsWith(`\n\n(${where} Ask for less.)`));
  });

  it("has its lines broken where read_file would cut them, and JSON a line for each member", async () => {
    const { fit, kept } = scene();
    await fit("x".repeat(50_000));
    assert.equal(kept[0], `${"x".repeat(2_000)}\n`.repeat(25));
    const shipments = Array.from({ length: 5_000 }, (_, id) => ({ id, state: "in transit" }));
    const told = await fit(JSON.stringify({ shipments }));
    assert.equal(kept[1], `${JSON.stringify({ shipments }, null, 2)}\n`);
    assert.match(told, /^\{\n {2}"shipments": \[\n {4}\{\n {6}"id": 0,\n.*left out.*"id": 4999,.*\n\}\n\n\(/su);
  });

  it("is one text before images, where many blocks are too long together", async () => {
    const { results, kept } = scene();
    const content = [{ text: numbered(3_000) }, image, { json: { a: 1 } }, { text: numbered(3_000) }];
    const [text, ...others] = await results.fit(content);
    assert.deepEqual(others, [image]);
    assert.deepEqual(kept, [`${numbered(3_000)}\n{"a":1}\n${numbered(3_000)}\n`]);
    assert.ok((text?.text ?? "").length <= 48_000);
  });

  it("may be an error, of which less is told", async () => {
    const { results, kept } = scene();
    const told = await results.fitError(`The server answered HTTP 500.\n${numbered(5_000)}`);
    assert.ok(told.length <= 8_000 && told.length > 7_800, `${told.length}`);
    assert.match(told, /^The server answered HTTP 500\.\nline 1\n.*left out.*line 5000\n\n\(The whole result is in/su);
    assert.equal(kept.length, 1);
  });

  it("still goes to it where it cannot be kept, and says so", async () => {
    const { fit } = scene("The whole result could not be kept: ENOSPC: no space left on device");
    const told = await fit(numbered(20_000));
    assert.match(told, /^line 1\n.*line 20000\n\n\(The whole result could not be kept: ENOSPC.*\)$/su);
  });

  it("loses the blank lines at its end", async () => {
    const { fit } = scene();
    assert.equal(await fit(`a${"\n".repeat(60_000)}`), `a\n\n(${where})`);
  });
});
