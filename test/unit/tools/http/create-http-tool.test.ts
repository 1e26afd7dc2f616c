import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ToolError } from "../../../../src/agent/tool.ts";
import { untilAborted } from "../../../../src/agent/until-aborted.ts";
import { createHttpTool } from "../../../../src/tools/http/create-http-tool.ts";
import type { HttpAnswer, HttpRequest } from "../../../../src/tools/http/http-client.ts";
import { readHttpTools } from "../../../../src/tools/http/http-tool-definition.ts";
import { IdempotencyKeys } from "../../../../src/tools/http/idempotency-keys.ts";
import { TurnCache } from "../../../../src/tools/http/turn-cache.ts";

const properties = { id: { type: "string", pattern: "^S\\d+$" }, date: { type: "string", format: "date" } };
const read = {
  name: "get_shipment",
  description: "Where a shipment is.",
  input: { $schema: "https://json-schema.org/draft/2020-12/schema", type: "object", properties },
  url: "https://api.example.com/shipments/{id}",
  headers: { Authorization: `Bearer \${secret:desk}`, "X-Team": "search" },
};
const write = { ...read, name: "move_pickup", method: "POST" };

type Reply = Partial<HttpAnswer> & { readonly text?: string };

function scene(written: Readonly<Record<string, unknown>>, ...replies: readonly (Reply | Error)[]) {
  const sent: HttpRequest[] = [];
  const { definitions, problems } = readHttpTools([written]);
  assert.deepEqual(problems, []);
  const [definition] = definitions;
  assert.ok(definition);
  const left = [...replies];
  const tool = createHttpTool(definition, {
    client: {
      send: async (request, { signal }) => {
        sent.push(request);
        const reply = left.shift();
        if (reply === undefined) return untilAborted(new Promise<never>(() => undefined), signal);
        if (reply instanceof Error) throw reply;
        const { text = "", headers = { "content-type": "application/json" }, ...more } = reply;
        return { status: 200, statusText: "OK", headers, body: Buffer.from(text), isCut: false, ...more };
      },
    },
    findSecret: async (name) => (name === "desk" ? "s3cret" : undefined),
    keys: new IdempotencyKeys({ load: async () => undefined, save: async () => undefined }),
    cache: new TurnCache(),
  });
  const turn = new AbortController();
  const run = async (input: unknown, signal = turn.signal) => {
    const call = await tool.prepare(input, signal);
    return call.run({ signal, output: () => undefined });
  };
  return { tool, sent, run, turn };
}

describe("createHttpTool", () => {
  it("sends what was checked, with its secrets in place, and answers with an object as JSON", async () => {
    const { run, sent, tool } = scene(read, { text: '{"state":"in transit"}' });
    const result = await run({ id: "S1" });
    assert.deepEqual(result, {
      content: [{ json: { state: "in transit" } }],
      title: "Called get_shipment (S1), HTTP 200 OK",
    });
    const headers = { accept: "application/json, */*;q=0.5", "user-agent": "outcrop" };
    const own = { authorization: "Bearer s3cret", "x-team": "search" };
    const url = "https://api.example.com/shipments/S1";
    assert.deepEqual(sent, [{ method: "GET", url, headers: { ...headers, ...own } }]);
    assert.equal(Object.hasOwn(tool.inputSchema, "$schema"), false);
  });

  it("shows method, address, body and the names of headers, never their values", async () => {
    const { tool } = scene(write);
    const call = await tool.prepare({ id: "S1", date: "2026-12-01" }, new AbortController().signal);
    const url = "https://api.example.com/shipments/S1";
    assert.deepEqual(call.subject, {
      question: "Call move_pickup?",
      details: [
        { label: "Request", value: `POST ${url}` },
        { label: "Body", value: '{\n  "date": "2026-12-01"\n}' },
        { label: "Headers", value: "Authorization: ••••, X-Team: ••••" },
        { label: "Time limit", value: "30 seconds" },
      ],
    });
    assert.deepEqual(call.request, { method: "POST", url, template: write.url, access: "write" });
    assert.deepEqual([call.effect, call.timeoutMs], ["network", 35_000]);
  });

  it("checks arguments before anything is sent, also those that only the address needs", async () => {
    const { run, sent } = scene(read);
    await assert.rejects(
      run({ id: "1" }),
      /^ToolError: E_SCHEMA The input of get_shipment is not valid\. Nothing was sent\.\n- id: /,
    );
    await assert.rejects(run({ id: "S1", date: "tomorrow" }), /\n- date: .*date/);
    await assert.rejects(run({}), /"id"/);
    await assert.rejects(run([]), /is an object/);
    assert.deepEqual(sent, []);
  });

  it("sends nothing where a secret is not set, and says which", async () => {
    const { run, sent } = scene({ ...read, headers: { Authorization: `\${secret:other}` } });
    await assert.rejects(run({ id: "S1" }), /The secret "other" that get_shipment needs is not set/);
    assert.deepEqual(sent, []);
  });

  it("tells of an answer that is no success with its status and its body", async () => {
    const text = '{"error":"no such shipment"}';
    const { run } = scene(read, { status: 404, statusText: "Not Found", text });
    const error = await run({ id: "S1" }).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof ToolError);
    assert.equal(error.message, `get_shipment failed: the server answered HTTP 404 Not Found.\n${text}`);
    const { run: busy } = scene(read, { status: 429, statusText: "", headers: { "retry-after": "7" } });
    await assert.rejects(busy({ id: "S1" }), /HTTP 429\.\nIt asks to wait: Retry-After: 7\.$/);
  });

  it("gives a long answer as text, whole as far as it was read, and shows no bytes that are no text", async () => {
    const long = `{"begin":"${"x".repeat(100_000)}"}`;
    const { run } = scene(
      read,
      { text: long },
      { text: "a,b", isCut: true, headers: { "content-type": "text/csv" } },
      { headers: { "content-type": "image/png" }, text: "1234" },
      { status: 204, statusText: "No Content" },
      { text: "[1]" },
    );
    const texts = [];
    for (let index = 0; index < 5; index++) texts.push((await run({ id: "S1" })).content[0]?.text ?? "");
    assert.deepEqual(texts, [
      long,
      "a,b\n… (the server sent more, which was not read)",
      "(4 bytes of image/png, not shown)",
      "HTTP 204 No Content, without a body.",
      "[1]",
    ]);
  });

  it("sends a write again with the same key where it is not known what came of the first, and with another afterwards", async () => {
    const lost = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
    const { run, sent } = scene(
      write,
      lost,
      { status: 503, statusText: "" },
      { status: 200 },
      { status: 422, statusText: "" },
      {},
    );
    await assert.rejects(
      run({ id: "S1", date: "2026-12-01" }),
      /connection was lost: read ECONNRESET\. Whether it took effect is not known/,
    );
    await assert.rejects(run({ date: "2026-12-01", id: "S1" }), /HTTP 503\.\nWhether it took effect is not known/);
    await run({ id: "S1", date: "2026-12-01" });
    await assert.rejects(run({ id: "S1", date: "2026-12-01" }), /HTTP 422\.$/);
    await run({ id: "S1", date: "2026-12-01" });
    const keys = sent.map(({ headers }) => headers["idempotency-key"]);
    assert.equal(keys[0]?.length, 36);
    assert.deepEqual([keys[1], keys[2]], [keys[0], keys[0]]);
    assert.equal(new Set(keys).size, 3);
  });

  it("ends at its own time limit, and says that a write may be made again", async () => {
    const { run } = scene({ ...write, timeoutSeconds: 0.1 });
    const ended = run({ id: "S1" });
    await assert.rejects(ended, /^ToolError: move_pickup: no answer within 0\.1 seconds\. Whether it took effect/);
    const { run: stopped, turn } = scene(read);
    const call = stopped({ id: "S1" });
    turn.abort(new Error("stopped by the user"));
    await assert.rejects(call, /stopped by the user/);
  });

  it("answers a read that may be cached from memory, for the same arguments and the same turn alone", async () => {
    const { run, sent } = scene(
      { ...read, cache: "turn" },
      { text: '{"n":1}' },
      { text: '{"n":2}' },
      { text: '{"n":3}' },
    );
    const first = await run({ id: "S1" });
    const again = await run({ id: "S1" });
    assert.deepEqual([again.content, again.title], [first.content, `${first.title}, known from this turn`]);
    await run({ id: "S2" });
    const next = await run({ id: "S1" }, new AbortController().signal);
    assert.deepEqual(next.content, [{ json: { n: 3 } }]);
    assert.equal(sent.length, 3);
    const plain = scene(read, {}, {});
    await plain.run({ id: "S1" });
    await plain.run({ id: "S1" });
    assert.equal(plain.sent.length, 2);
  });
});
