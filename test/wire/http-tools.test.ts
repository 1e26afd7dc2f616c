import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it, type TestContext } from "node:test";
import { repositoryRoot } from "../../scripts/paths.mjs";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import type { Script } from "../../src/emulator/script-schema.ts";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { deskKey, type HelpDesk, type HelpDeskOptions, startHelpDesk } from "../support/help-desk.ts";
import { npmScript } from "../support/npm-script.ts";
import { shownText } from "../support/wire-scene.ts";

const scratch = await mkdtemp(join(tmpdir(), "outcrop-help-desk-"));
after(() => rm(scratch, { recursive: true }));

const status = (shipmentId: string) => ({ name: "get_shipment_status", input: { shipmentId } });
const pickup = { name: "reschedule_pickup", input: { shipmentId: "SHP-1001", date: "2026-12-03" } };
const done = { text: "Done." };

async function openDesk(test: TestContext, options: HelpDeskOptions = {}): Promise<HelpDesk> {
  const desk = await startHelpDesk(options);
  test.after(desk.close);
  return desk;
}

/** `npm run -s turn -- --tools openapi.yaml` against a help desk, with a scripted model. */
async function askHelpDesk(replies: Script["replies"], helpDesk: HelpDesk, ...options: readonly string[]) {
  const folder = await mkdtemp(join(scratch, "turn-"));
  const emulator = await startEmulator({ script: { replies } });
  const base = `http://127.0.0.1:${helpDesk.port}/v1`;
  const rules = join(folder, "rules.txt");
  await writeFile(
    rules,
    [
      `allow get_shipment_status(request "GET ${base}/shipments/{shipmentId}/status")`,
      `allow search_help_center(request "GET ${base}/help/search")`,
    ].join("\n"),
  );
  try {
    const given = ["--endpoint", emulator.url, "--prompt", "Help.", "--tools", await helpDesk.document(folder)];
    const where = ["--workspace", join(repositoryRoot, "test/fixtures/workspace"), "--rules", rules];
    const { code, stdout, stderr } = await npmScript("turn", folder, ["--json", ...where, ...given, ...options], {
      OUTCROP_SECRET_DESKKEY: deskKey,
    });
    const events: readonly ChatEvent[] = stdout.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
    const results = emulator.requests.flatMap(({ body }) => toolResults(body));
    return { code, events, stderr, stdout, results, base };
  } finally {
    await emulator.close();
  }
}

interface SentResult {
  readonly status: string;
  readonly content: readonly { readonly text?: string; readonly json?: unknown }[];
}

/** Those of the last message: what the request brings that the ones before it did not. */
function toolResults(body: unknown): readonly SentResult[] {
  const { messages } = Object(body);
  const content: readonly { readonly toolResult?: SentResult }[] = messages.at(-1).content;
  return content.flatMap(({ toolResult }) => toolResult ?? []);
}

describe("a shipment help desk, from its OpenAPI document", () => {
  it("asks for three shipments at the same time, one of them unknown and one without an answer", async (test) => {
    const calls = [status("SHP-1001"), status("SHP-1404"), status("SHP-1500")];
    const helpDesk = await openDesk(test, { together: 3 });
    const turn = await askHelpDesk([{ toolUses: calls }, done], helpDesk);
    assert.deepEqual([turn.code, shownText(turn.events)], [0, "Done."]);
    assert.equal(helpDesk.mostAtOnce(), 3);
    const told = turn.results.map(({ status: state, content }) => [state, content[0]?.json ?? content[0]?.text]);
    assert.deepEqual(told, [
      ["success", { id: "SHP-1001", state: "in transit", key: "[redacted:credential#1]" }],
      [
        "error",
        'get_shipment_status failed: the server answered HTTP 404 Not Found.\n{"error":"There is no shipment SHP-1404."}',
      ],
      ["error", "get_shipment_status: no answer within 2 seconds."],
    ]);
    assert.equal(`${turn.stdout}${turn.stderr}`.includes(deskKey), false);
    assert.match(turn.stderr, /POST \/labels takes multipart\/form-data, not JSON: left out\./);
  });

  it("checks arguments before it asks, and searches with what is right", async (test) => {
    const search = (input: Record<string, string | number>) => ({ name: "search_help_center", input });
    const calls = [search({ query: "x" }), search({ query: "lost label", page: 2 }), search({ query: "lost label" })];
    const helpDesk = await openDesk(test);
    const { results } = await askHelpDesk([{ toolUses: calls }, done], helpDesk);
    assert.deepEqual(helpDesk.requests, ["GET /v1/help/search?query=lost+label"]);
    assert.deepEqual(
      results.map(({ status: state }) => state),
      ["error", "error", "success"],
    );
    assert.match(results[0]?.content[0]?.text ?? "", /^E_SCHEMA The input of search_help_center is not valid\./);
  });

  it("asks before a write, with the whole request, and sends nothing where it is skipped", async (test) => {
    const helpDesk = await openDesk(test);
    const { events, base, results } = await askHelpDesk([{ toolUses: [pickup] }, done], helpDesk);
    assert.deepEqual([helpDesk.requests, results[0]?.status], [[], "error"]);
    const asked = events.find((event) => event.type === "tool-awaiting-approval");
    assert.ok(asked?.type === "tool-awaiting-approval");
    const { title, details, tier, labels, reason } = asked.request;
    assert.deepEqual([title, tier, labels], ["Call reschedule_pickup?", 2, ["network"]]);
    assert.match(reason, /^It may change something at 127\.0\.0\.1:\d+, and no rule allows it\.$/);
    assert.deepEqual(details.slice(0, 3), [
      { label: "Request", value: `POST ${base}/shipments/SHP-1001/pickup` },
      { label: "Body", value: '{\n  "date": "2026-12-03"\n}' },
      { label: "Headers", value: "Authorization: ••••" },
    ]);
  });

  it("moves a pickup once, however often it is tried again without knowing what came of it", async (test) => {
    const again = { toolUses: [pickup] };
    const helpDesk = await openDesk(test, { lostAnswers: 2 });
    const { results } = await askHelpDesk([again, again, again, done], helpDesk, "--approve", "all");
    assert.deepEqual(
      results.map(({ status: state }) => state),
      ["error", "error", "success"],
    );
    assert.match(results[0]?.content[0]?.text ?? "", /Whether it took effect is not known/);
    assert.deepEqual(results[2]?.content[0]?.json, { id: "SHP-1001", date: "2026-12-03", confirmation: "PU-1" });
    assert.deepEqual([helpDesk.moved, new Set(helpDesk.keys).size, helpDesk.keys.length], [["2026-12-03"], 1, 3]);
  });

  it("sends the same key after a restart, and forgets it when the outcome is known", async (test) => {
    const session = join(scratch, "session.jsonl");
    const options = ["--approve", "all", "--session", session];
    const helpDesk = await openDesk(test, { lostAnswers: 1 });
    await askHelpDesk([{ toolUses: [pickup] }, done], helpDesk, ...options);
    assert.equal(existsSync(`${session}.writes.json`), true);
    await askHelpDesk([{ toolUses: [pickup] }, done], helpDesk, ...options);
    assert.deepEqual([helpDesk.moved, new Set(helpDesk.keys).size, helpDesk.keys.length], [["2026-12-03"], 1, 2]);
    assert.equal(existsSync(`${session}.writes.json`), false);
  });
});
