import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { redact } from "../../src/bedrock/redact.ts";
import { secretsOf } from "../../src/bedrock/settings-secrets.ts";
import { httpErrorReply, textReply, toolReply } from "../../src/emulator/replies.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { DiskWorkspace } from "../../src/headless/disk-workspace.ts";
import { createReadFile } from "../../src/tools/read-file.ts";
import { toLogLine } from "../../src/vscode/log-line.ts";
import { fakeTiming } from "../support/fake-timing.ts";
import { openGuard } from "../support/open-guard.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { nameOf, transports, useOwnEnvironment } from "../support/wire-call.ts";
import { openWireTurns } from "../support/wire-session.ts";

useOwnEnvironment();

const canaries = {
  prompt: "canary in the prompt",
  attachment: "canary in the attachment",
  file: "canary in the file",
  answer: "canary in the answer",
  thought: "canary in the thought",
  accessKey: "AKIACANARYCANARY0001",
  secretKey: "canary-secret-key-0002",
  sessionToken: "canary-session-token-0003",
  apiKey: "canary-api-key-0004",
  header: "canary-header-0005",
};

/** A server that repeats all that it was sent, and what it may have guessed, in errors of every form; then it answers. */
const told = Object.values(canaries).join(" | ");
const replies: readonly Reply[] = [
  httpErrorReply(429, "ThrottlingException", `Too many requests: ${told}`),
  httpErrorReply(500, "InternalServerException", told),
  { text: "Half.", fault: { kind: "exception", type: "modelStreamErrorException", message: told, afterEvents: 1 } },
  toolReply("read_file", { path: "notes.txt" }, { text: canaries.answer, reasoning: { text: canaries.thought } }),
  textReply(canaries.answer),
  httpErrorReply(400, "ValidationException", told),
  httpErrorReply(418, "NeverHeardOf", told),
  { fault: { kind: "http-error", status: 403, shape: "html", body: `<title>${told}</title>` } },
];

/** All that reaches the console and the standard streams of the process while a test runs. */
function listenToConsole(test: TestContext): () => string {
  let heard = "";
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    test.mock.method(stream, "write", (chunk: string | Uint8Array) => {
      heard += String(chunk);
      return write(chunk);
    });
  }
  return () => heard;
}

for (const transport of transports) {
  describe(`the log over ${nameOf(transport)}`, { timeout: 60_000 }, () => {
    for (const identity of ["keys", "api-key", "none"] as const) {
      it(`B1.15 at the default level nothing that was said, read or sent as a secret is logged: ${identity}`, async (test) => {
        const folder = await temporaryFolder(test);
        await writeFile(join(folder, "notes.txt"), `${canaries.file}\n`);
        Object.assign(process.env, {
          AWS_ACCESS_KEY_ID: canaries.accessKey,
          AWS_SECRET_ACCESS_KEY: canaries.secretKey,
          AWS_SESSION_TOKEN: canaries.sessionToken,
          ...(identity === "api-key" && { AWS_BEARER_TOKEN_BEDROCK: canaries.apiKey }),
        });
        test.after(useOwnEnvironment);
        const settings = {
          requestHeaders: { [identity === "none" ? "Authorization" : "apikey"]: canaries.header },
          authentication: identity === "none" ? "none" : "automatic",
        } as const;
        const turns = await openWireTurns(test, transport, replies, {
          settings,
          tools: [createReadFile(new DiskWorkspace(folder), openGuard)],
          timing: fakeTiming(),
          folders: [folder],
        });
        const consoleText = listenToConsole(test);
        const [info, debug]: [string[], string[]] = [[], []];
        turns.session.subscribe((event) => {
          const line = toLogLine(event);
          if (line === undefined) return;
          info.push(redact(line.text, secretsOf(settings, process.env)));
          debug.push(redact(line.detail ?? "", secretsOf(settings, process.env)));
        });
        const attachment = {
          id: "a",
          label: "a.txt:1",
          path: "a.txt",
          language: "text",
          startLine: 1,
          endLine: 1,
          text: canaries.attachment,
        };
        const outcomes = [];
        for (const attachments of [[attachment], [], [], []]) {
          outcomes.push((await turns.session.send({ text: canaries.prompt, attachments }))?.kind);
        }
        assert.deepEqual(outcomes, ["completed", "failed", "failed", "failed"]);
        assertOnlySaid(turns.emulator.requests, identity);
        const text = info.join("\n");
        assert.match(text, /^throttled: Throttled by Bedrock .* Retry 1 of 3 in \d+ ms\.$/m);
        assert.match(text, /^The turn ended: failed\. validation: /m);
        for (const [name, canary] of Object.entries(canaries)) {
          assert.ok(!text.includes(canary), `${name} is in the log:\n${text}`);
          assert.ok(!consoleText().includes(canary), `${name} is on the console`);
        }
        const secret = [canaries.accessKey, canaries.secretKey, canaries.sessionToken, canaries.header];
        for (const canary of secret) assert.ok(!debug.join("\n").includes(canary), canary);
      });
    }
  });
}

/** The canaries were in use: an absence from the log would show nothing otherwise. */
function assertOnlySaid(requests: unknown, identity: "keys" | "api-key" | "none"): void {
  const sent = JSON.stringify(requests);
  const { prompt, attachment, file, header, accessKey, sessionToken, apiKey } = canaries;
  const used = { keys: [accessKey, sessionToken], "api-key": [apiKey], none: [] }[identity];
  for (const canary of [prompt, attachment, file, header, ...used]) assert.ok(sent.includes(canary), canary);
}
