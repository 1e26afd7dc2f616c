import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it, type TestContext } from "node:test";
import { repositoryRoot } from "../../scripts/paths.mjs";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import type { ConverseRequest, Responder } from "../../src/emulator/responder.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { listen } from "../support/listen.ts";
import { npmScript } from "../support/npm-script.ts";

const scratch = await mkdtemp(join(tmpdir(), "outcrop-whole-results-"));
after(() => rm(scratch, { recursive: true }));

const token = "list-token-93b1f7c2d8";

/** A list of 5,000 shipments on one line, with the caller's own token among them. */
async function openShipments(test: TestContext): Promise<string> {
  const shipments = Array.from({ length: 5_000 }, (_, id) => ({ id, state: id === 2_500 ? token : "in transit" }));
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ shipments }));
  });
  const port = await listen(test, server);
  return `http://127.0.0.1:${port}/shipments`;
}

/** What the last message of a request brings of tools. */
function resultOf({ messages = [] }: ConverseRequest): string {
  const content = messages.at(-1)?.content ?? [];
  return content.flatMap(({ toolResult }) => toolResult?.content.map(({ text = "" }) => text) ?? []).join("\n");
}

interface Told {
  /** The results of tools, in order. */
  readonly results: string[];
  readonly model: Responder;
}

/** Calls the tool, then reads the lines that the result says are left out, as far as one read goes, and ends. */
function readingOn(first: Reply): Told {
  const results: string[] = [];
  const replies: ((result: string) => Reply)[] = [
    () => first,
    (result) => ({ toolUses: [{ name: "read_file", input: rangeIn(result) }] }),
    () => ({ text: "Done." }),
  ];
  const model: Responder = ({ request }) => {
    const result = resultOf(request);
    if (result !== "") results.push(result);
    return replies.shift()?.(result);
  };
  return { results, model };
}

function pathIn(result: string): string {
  return /The whole result is in (.+?); read_file/u.exec(result)?.[1] ?? "";
}

function rangeIn(result: string) {
  const [from = 0, to = 0] = (/lines ([\d,]+) to ([\d,]+) of/u.exec(result)?.slice(1) ?? []).map((shown) =>
    Number(shown.replaceAll(",", "")),
  );
  return { path: pathIn(result), ranges: [from, to - 9].map((startLine) => ({ startLine, endLine: startLine + 9 })) };
}

async function turn(home: string, model: Responder, ...options: readonly string[]) {
  const emulator = await startEmulator({ script: model });
  const where = ["--workspace", join(repositoryRoot, "test/fixtures/workspace"), "--endpoint", emulator.url];
  const { code, stdout, stderr } = await npmScript("turn", home, ["--json", "--prompt", "Go.", ...where, ...options], {
    OUTCROP_SECRET_LISTTOKEN: token,
  });
  await emulator.close();
  return { code, printed: `${stdout}${stderr}` };
}

async function httpTools(home: string, url: string): Promise<readonly string[]> {
  const [tools, rules] = [join(home, "tools.json"), join(home, "rules.txt")];
  const input = { type: "object", properties: {} };
  const headers = { Authorization: `Bearer \${secret:listToken}` };
  await writeFile(tools, JSON.stringify([{ name: "list_shipments", description: "Lists.", input, url, headers }]));
  await writeFile(rules, `allow list_shipments(request "GET ${url}")`);
  return ["--tools", tools, "--rules", rules];
}

describe("a result that is too long for the model", () => {
  it("of an HTTP tool is read on by read_file, without a question and without secrets, also after a restart", async (test) => {
    const home = await mkdtemp(join(scratch, "http-"));
    const session = ["--session", join(home, "session.jsonl")];
    const options = [...(await httpTools(home, await openShipments(test))), ...session];
    const { results, model } = readingOn({ toolUses: [{ name: "list_shipments", input: {} }] });

    const played = await turn(home, model, ...options);

    assert.equal(played.code, 0, played.printed);
    const [cut = "", rest = ""] = results;
    assert.ok(cut.length <= 48_000, `${cut.length}`);
    assert.match(cut, /^\{\n {2}"shipments": \[\n {4}\{\n {6}"id": 0,/);
    assert.match(cut, /of 20,004 left out\) …\n.*"id": 4999,.*\n\n\(The whole result is in .*ask for less\.\)$/su);
    const { path, ranges } = rangeIn(cut);
    for (const { startLine, endLine } of ranges)
      assert.ok(rest.includes(`lines ${startLine}-${endLine} of 20004`), rest);
    const kept = await readFile(path, "utf8");
    const lines = kept.split("\n");
    for (const { startLine } of ranges) assert.ok(rest.includes(`\n${startLine}\t${lines[startLine - 1]}\n`), rest);
    assert.match(kept, /"id": 2500,\n {6}"state": "\[redacted:credential#1\]"/);
    assert.equal(`${kept}${played.printed}`.includes(token), false);
    assert.equal(played.printed.includes("tool-awaiting-approval"), false);

    const again: string[] = [];
    const replies: Reply[] = [
      { toolUses: [{ name: "read_file", input: { path, startLine: 10_004, endLine: 10_005 } }] },
      { text: "Done." },
    ];
    const resumed = await turn(
      home,
      ({ request }) => {
        again.push(resultOf(request));
        return replies.shift();
      },
      ...options,
    );
    assert.equal(resumed.code, 0, resumed.printed);
    assert.equal(resumed.printed.includes("tool-awaiting-approval"), false);
    assert.ok(again[1]?.includes('10004\t      "id": 2500,\n10005\t      "state": "[redacted:credential#'), again[1]);
  });

  it("of a tool that a module brings is so too", async () => {
    const home = await mkdtemp(join(scratch, "module-"));
    const file = join(home, "tools.mjs");
    await writeFile(
      file,
      `export default [{
        name: "count", description: "Counts.", inputSchema: { type: "object", properties: {} }, effect: "read", limits: [], streamingTitle: "Count",
        prepare: async () => ({
          title: "Counting", effect: "read", targets: [], subject: { question: "Count?", details: [] }, timeoutMs: 1000,
          run: async () => ({ content: [{ text: Array.from({ length: 20000 }, (_, index) => "number " + index).join("\\n") }], title: "Counted" }),
        }),
      }];`,
    );
    const { results, model } = readingOn({ toolUses: [{ name: "count", input: {} }] });

    const played = await turn(home, model, "--tools", file);

    assert.equal(played.code, 0, played.printed);
    assert.ok((results[0]?.length ?? 0) <= 48_000);
    const { ranges } = rangeIn(results[0] ?? "");
    for (const { startLine } of ranges)
      assert.ok(results[1]?.includes(`\n${startLine}\tnumber ${startLine - 1}\n`), results[1]);
  });

  it("is told of in part where it cannot be kept, and the turn goes on", async (test) => {
    const home = await mkdtemp(join(scratch, "lost-"));
    const options = await httpTools(home, await openShipments(test));
    const results: string[] = [];
    const replies: Reply[] = [{ toolUses: [{ name: "list_shipments", input: {} }] }, { text: "Done." }];
    const model: Responder = ({ request }) => {
      results.push(resultOf(request));
      return replies.shift();
    };
    await turn(home, () => ({ text: "Done." }));
    const outputs = join(home, "state", "outputs");
    await rm(outputs, { recursive: true, force: true });
    await writeFile(outputs, "in the way");

    const played = await turn(home, model, ...options);

    assert.equal(played.code, 0, played.printed);
    assert.match(results[1] ?? "", /^\{.*left out.*\n\n\(The whole result could not be kept: E[A-Z]+: .*\)$/su);
  });
});
