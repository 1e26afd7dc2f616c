import assert from "node:assert/strict";
import { createServer } from "node:http";
import { type TestContext, test } from "node:test";
import { NodeHttpClient } from "../../../../src/headless/http/node-http-client.ts";
import type { ApprovalDecision, ApprovalRequest } from "../../../../src/protocol/approval.ts";
import { createFetchPage } from "../../../../src/tools/context/fetch-page.ts";
import { runGated } from "../../../../src/tools/context/run-gated.ts";
import { listen } from "../../../support/listen.ts";
import { testPolicy } from "../../../support/test-policy.ts";

async function open(
  context: TestContext,
  answer: { status?: number; type?: string; body?: string; location?: string },
) {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const { status = 200, type = "text/html; charset=utf-8", body = "<p>Hello</p>", location } = answer;
    response.writeHead(status, { "content-type": type, ...(location !== undefined && { location }) }).end(body);
  });
  const address = `http://127.0.0.1:${await listen(context, server)}`;
  const asked: ApprovalRequest[] = [];
  const { policy, entries } = testPolicy();
  const fetchPage = async (url = `${address}/a?b=1`, allow = true) => {
    const ask = async (request: ApprovalRequest): Promise<ApprovalDecision> => {
      asked.push(request);
      return allow ? { kind: "allow" } : { kind: "skip", feedback: "" };
    };
    const gate = policy.createContextGate(ask, () => undefined);
    const tool = createFetchPage(new NodeHttpClient(() => ({})));
    const { content } = await runGated(tool, { url }, gate, new AbortController().signal);
    return content[0]?.text;
  };
  return { fetchPage, requests, asked, entries, address };
}

test("UX20 a page is fetched as text after the user was asked, and written into the audit log", async (context) => {
  const { fetchPage, requests, asked, entries, address } = await open(context, {});
  assert.equal(await fetchPage(), "Hello");
  assert.deepEqual(requests, ["GET /a?b=1"]);
  assert.match(asked[0]?.title ?? "", /^Fetch a page from 127\.0\.0\.1:\d+ and attach its text\?$/);
  assert.deepEqual(asked[0]?.details, [{ label: "Address", value: `${address}/a?b=1` }]);
  assert.ok(entries.length > 0);
});

test("UX20 nothing is asked of a server where the user says no", async (context) => {
  const { fetchPage, requests } = await open(context, {});
  await assert.rejects(fetchPage(undefined, false), /The user skipped this call/);
  assert.deepEqual(requests, []);
});

test("UX20 an address that is none of the web's, or carries a password, is refused before anybody is asked", async (context) => {
  const { fetchPage, asked } = await open(context, {});
  for (const url of ["file:///etc/passwd", "ftp://x.y/", "nothing", "https://me:pass@x.y/"]) {
    await assert.rejects(fetchPage(url), { name: "ToolError" });
  }
  assert.deepEqual(asked, []);
});

test("where machines are told their credentials is never asked", async (context) => {
  const { fetchPage } = await open(context, {});
  await assert.rejects(fetchPage("http://169.254.169.254/latest/meta-data/"), /Nothing was sent/);
});

test("what is no success, no text, or elsewhere is told as such", async (context) => {
  await assert.rejects((await open(context, { status: 404 })).fetchPage(), /answered HTTP 404 Not Found\./);
  await assert.rejects((await open(context, { type: "application/zip" })).fetchPage(), /which is no text/);
  const elsewhere = await open(context, { status: 302, location: "https://example.com/" });
  await assert.rejects(elsewhere.fetchPage(), /another host/);
});

test("a long page is cut in its middle", async (context) => {
  const { fetchPage } = await open(context, { type: "text/plain", body: "x".repeat(100_000) });
  const text = (await fetchPage()) ?? "";
  assert.ok(text.length < 48_000 && text.length > 40_000, String(text.length));
});
