import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import { httpErrorReply, textReply, toolsReply } from "../../src/emulator/replies.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { writeTree } from "../support/write-tree.ts";
import { calls, resultsIn, says, sessionScene } from "./session-scene.ts";

const runner = fileURLToPath(new URL("../../src/headless/main.ts", import.meta.url));

/** Of the real shapes, and used nowhere else. */
const canaries = {
  accessKey: "AKIAQ3EGRCANARY7XKZL",
  secretKey: "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",
  sessionToken: `IQoJb3JpZ2luX2VjEC${"cAn4rYt0K3n9".repeat(12)}==`,
  apiKey: `ABSK${"cAn4rYaP1k3y".repeat(8)}==`,
  header: "canary-header-value-0005",
};

interface Identity {
  readonly environment: Readonly<Record<string, string>>;
  readonly parameters: readonly string[];
  /** Files below the home folder. */
  readonly planted: Readonly<Record<string, string>>;
  /** What the server must have been sent, so that its absence elsewhere shows something. */
  readonly used: readonly string[];
}

const { accessKey, secretKey, sessionToken, apiKey, header } = canaries;
const keyLines = `aws_access_key_id = ${accessKey}\naws_secret_access_key = ${secretKey}\naws_session_token = ${sessionToken}\n`;
const identities: Readonly<Record<string, Identity>> = {
  "the environment": {
    environment: {
      AWS_ACCESS_KEY_ID: accessKey,
      AWS_SECRET_ACCESS_KEY: secretKey,
      AWS_SESSION_TOKEN: sessionToken,
    },
    parameters: [],
    planted: {},
    used: [accessKey, sessionToken],
  },
  "~/.aws": {
    environment: {},
    parameters: ["--profile", "canary"],
    planted: { ".aws/credentials": `[canary]\n${keyLines}`, ".aws/config": "[profile canary]\nregion = us-east-1\n" },
    used: [accessKey, sessionToken],
  },
  "an API key and a header": {
    environment: { AWS_BEARER_TOKEN_BEDROCK: apiKey },
    parameters: ["--header", `x-gateway-key=${header}`],
    planted: {},
    used: [apiKey, header],
  },
};

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** A turn in which everything that could repeat a secret does: the service's errors, a file, a command, the user's prompt. */
async function playTurn(test: TestContext, { environment, parameters, planted }: Identity) {
  const root = await temporaryFolder(test);
  const [home, ws, state] = [join(root, "home"), join(root, "ws"), join(root, "state")];
  await writeTree(home, { ...planted, empty: "" });
  const told = Object.values(canaries).join(" | ");
  await writeTree(ws, {
    "notes.txt": `${keyLines}token ${apiKey}\nx-gateway-key: ${header}\n`,
    ".env": `KEY=${secretKey}\n`,
  });
  const replies: readonly Reply[] = [
    httpErrorReply(429, "ThrottlingException", `Too many requests: ${told}`),
    toolsReply([
      { name: "read_file", input: { path: "notes.txt" } },
      { name: "read_file", input: { path: ".env" } },
      { name: "run_command", input: { command: "env; cat notes.txt; cat ~/.aws/credentials" } },
    ]),
    textReply("Done."),
  ];
  const emulator = await startEmulator({ script: { replies: [...replies] } });
  test.after(() => emulator.close());
  const child = spawn(
    process.execPath,
    [
      ...[runner, "--workspace", ws, "--endpoint", emulator.url, "--json", "--approve", "all", "--retries", "2"],
      ...["--region", "us-east-1", "--session", join(state, "session.jsonl"), "--prompt", `Mine: ${keyLines}`],
      ...parameters,
    ],
    {
      env: {
        ...{ PATH: process.env["PATH"], HOME: home, OUTCROP_STATE: state, XDG_CACHE_HOME: join(root, "cache") },
        ...{ AWS_EC2_METADATA_DISABLED: "true", ...environment },
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  const written = [...(await filesBelow(state)), ...(await filesBelow(home)), ...(await filesBelow(root))].filter(
    (file) => !file.startsWith(join(home, ".aws")) && !file.startsWith(ws),
  );
  return { code, told: printed, requests: emulator.requests, written: new Set(written), state };
}

/**
 * The secrets of which a part that is long enough to be of use stands in a text. A header's value has no shape of its
 * own: it is known where it is in use.
 */
function leaks(text: string, used: readonly string[] = []): readonly string[] {
  return Object.entries(canaries).flatMap(([name, value]) => {
    if (value === header && !used.includes(header)) return [];
    const forms = [
      value,
      encodeURIComponent(value),
      Buffer.from(value).toString("base64"),
      JSON.stringify(value).slice(1, -1),
    ];
    const part = value.slice(-16);
    return [...forms, part].some((form) => text.includes(form)) ? [name] : [];
  });
}

describe("secrets in what a session leaves behind", { timeout: 60_000 }, () => {
  for (const [source, identity] of Object.entries(identities)) {
    it(`K01 K02 credentials of ${source} are in no file that is written and in no request's body`, async (test) => {
      const { code, told, requests, written, state } = await playTurn(test, identity);
      assert.equal(code, 0, told);
      assert.equal(requests.length, 3);
      const headers = JSON.stringify(requests.map((request) => request.headers));
      for (const used of identity.used) assert.ok(headers.includes(used), `${used} was not used`);
      for (const { body } of requests) assert.deepEqual(leaks(JSON.stringify(body), identity.used), []);
      const names = [...written].map((file) => file.slice(state.length + 1).replace(/^(audit|spend).*/, "$1"));
      for (const name of ["audit", "spend", "session.jsonl"])
        assert.ok(names.includes(name), `${name}: ${names.join()}`);
      for (const file of written) {
        const bytes = await readFile(file);
        assert.deepEqual(leaks(bytes.toString("latin1"), identity.used), [], file);
        assert.deepEqual(leaks(bytes.toString("utf16le"), identity.used), [], file);
      }
      const events = told.split("\n").filter((line) => line.startsWith("{") && !line.includes('"turn-start"'));
      assert.deepEqual(leaks(events.join("\n"), identity.used), []);
      assert.deepEqual(
        leaks(
          told
            .split("\n")
            .filter((line) => !line.startsWith("{"))
            .join("\n"),
        ),
        [],
      );
    });
  }

  it("K03 the history, the log and the ledger are files of the user alone, and not in the workspace", async (test) => {
    const { written, state } = await playTurn(test, identities["the environment"] ?? assert.fail());
    const own = [...written].filter((file) => file.startsWith(state));
    assert.ok(own.length >= 3);
    for (const file of own) assert.equal((await stat(file)).mode & 0o077, 0, file);
  });

  it("K06 K05 a secret that a command prints is masked for the model and on the card, live output too", async (test) => {
    const command = `printf 'key ${accessKey}\\nsecret: ${secretKey}\\n'; env`;
    process.env["AWS_SECRET_ACCESS_KEY"] = secretKey;
    process.env["BEDROCK_TOKEN"] = "canary";
    test.after(() => {
      delete process.env["AWS_SECRET_ACCESS_KEY"];
      delete process.env["BEDROCK_TOKEN"];
    });
    const scene = await sessionScene(test, [calls({ tool: "run_command", input: { command } }), says()]);
    await scene.send();
    const text = resultsIn(scene.model.requests[1])[0]?.[1] ?? "";
    assert.match(text, /key \[redacted:aws-access-key#1\]\nsecret: \[redacted:[a-z-]+#\d\]\n/);
    assert.deepEqual(/^(?:AWS_|BEDROCK|VSCODE_|NODE_OPTIONS|ELECTRON_).*$/m.exec(text), null);
    const shown = scene.events.filter(({ type }) => type === "tool-output" || type === "tool-end");
    assert.deepEqual(leaks(JSON.stringify([shown, scene.questions, scene.kept])), []);
    assert.deepEqual(leaks(JSON.stringify(scene.entries.map((entry) => ({ ...entry, targets: [] })))), []);
  });

  it("K01 a command with a secret in it makes no rule that would keep it", async (test) => {
    const command = `deploy --token ${apiKey}`;
    const scene = await sessionScene(test, [calls({ tool: "run_command", input: { command } }), says()], {
      answer: () => ({ kind: "skip", feedback: "" }),
    });
    await scene.send();
    assert.deepEqual(
      scene.questions.map(({ offers, details }) => [offers, details[0]?.value]),
      [[[], "deploy --token [redacted:bedrock-api-key#1]"]],
    );
  });

  it("K07 K08 what the workspace says of credentials and endpoints is not read", async (test) => {
    const root = await temporaryFolder(test);
    const emulator = await startEmulator({ script: { replies: [textReply("Hi.")] } });
    const elsewhere = await startEmulator({ script: { replies: [textReply("Caught.")] } });
    test.after(() => Promise.all([emulator.close(), elsewhere.close()]));
    const environment = [
      `AWS_ACCESS_KEY_ID=${accessKey}`,
      `AWS_SECRET_ACCESS_KEY=${secretKey}`,
      `AWS_ENDPOINT_URL=${elsewhere.url}`,
      `AWS_ENDPOINT_URL_BEDROCK_RUNTIME=${elsewhere.url}`,
      `HTTPS_PROXY=${elsewhere.url}`,
      `HTTP_PROXY=${elsewhere.url}`,
      "AWS_REGION=eu-central-1",
    ].join("\n");
    const settings = JSON.stringify({
      "outcrop.endpoint": elsewhere.url,
      "outcrop.region": "eu-central-1",
      "http.proxy": elsewhere.url,
    });
    await writeTree(root, {
      "ws/.env": environment,
      "ws/.env.local": environment,
      "ws/.vscode/settings.json": settings,
      "ws/.aws/config": `[default]\nregion = eu-central-1\nendpoint_url = ${elsewhere.url}\n`,
      "ws/.aws/credentials": `[default]\n${keyLines}`,
      "ws/.npmrc": `proxy=${elsewhere.url}\n`,
    });
    await mkdir(join(root, "home"));
    const child = spawn(
      process.execPath,
      [runner, "--workspace", join(root, "ws"), "--prompt", "Hi", "--endpoint", emulator.url, "--json"],
      {
        cwd: join(root, "ws"),
        env: {
          ...{ PATH: process.env["PATH"], HOME: join(root, "home"), OUTCROP_STATE: join(root, "state") },
          ...{ AWS_EC2_METADATA_DISABLED: "true", AWS_BEARER_TOKEN_BEDROCK: "mine-and-only-mine" },
        },
        stdio: "ignore",
      },
    );
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    assert.deepEqual([code, emulator.requests.length, elsewhere.requests.length], [0, 1, 0]);
    assert.deepEqual(leaks(JSON.stringify(emulator.requests)), []);
    assert.equal(JSON.stringify(emulator.requests).includes("eu-central-1"), false);
  });
});
