import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createDemoModel, demoModelName } from "./demo/demo-model.ts";
import { type EmulatorOptions, type RecordedRequest, startEmulator } from "./emulator-server.ts";
import { parseScript } from "./script-schema.ts";
import type { EmulatorCredentials } from "./verify-signature.ts";

const help = `A local Amazon Bedrock for tests and for trying out clients.

npm run emulator -- [options]
  --port P             port to listen on (default: a free one)
  --host H             address to listen on (default: 127.0.0.1)
  --script FILE        JSON script of replies (docs/emulator.md); without one the demo model answers
  --tls-key FILE       serve HTTPS with this key and …
  --tls-cert FILE      … this certificate, both PEM
  --access-key ID      answer only requests signed (SigV4) with this key and …
  --secret-key KEY     … this secret
  --session-token T    … and this session token
  --help               print this`;

const options = {
  port: { type: "string" },
  host: { type: "string" },
  script: { type: "string" },
  "tls-key": { type: "string" },
  "tls-cert": { type: "string" },
  "access-key": { type: "string" },
  "secret-key": { type: "string" },
  "session-token": { type: "string" },
  help: { type: "boolean" },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];

async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  if (values.help === true) {
    console.log(help);
    return;
  }
  const emulator = await startEmulator({ ...toEmulatorOptions(values), onAnswered: printRequest });
  console.log(`Emulated Bedrock at ${emulator.url} (${values.script ?? demoModelName}). Ctrl-C ends it.`);
  const close = () => {
    emulator.close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.once("SIGINT", close);
  process.once("SIGTERM", close);
}

function toEmulatorOptions(values: Values): EmulatorOptions {
  const tls = pair(values, "tls-key", "tls-cert");
  const keys = pair(values, "access-key", "secret-key");
  const script = values.script === undefined ? createDemoModel() : readScript(values.script);
  return {
    script,
    ...(values.port === undefined ? {} : { port: readPort(values.port) }),
    ...(values.host === undefined ? {} : { host: values.host }),
    ...(tls === undefined ? {} : { tls: { key: readFileSync(tls[0]), cert: readFileSync(tls[1]) } }),
    ...(keys === undefined ? {} : { credentials: toCredentials(keys, values["session-token"]) }),
  };
}

/** Two options of which neither makes sense without the other. */
function pair(
  values: Values,
  first: "tls-key" | "access-key",
  second: "tls-cert" | "secret-key",
): readonly [string, string] | undefined {
  const [one, other] = [values[first], values[second]];
  if (one !== undefined && other !== undefined) {
    return [one, other];
  }
  if (one !== other) {
    throw new Error(`--${first} and --${second} go together`);
  }
  return undefined;
}

function toCredentials(
  [accessKeyId, secretAccessKey]: readonly [string, string],
  token: string | undefined,
): EmulatorCredentials {
  return token === undefined ? { accessKeyId, secretAccessKey } : { accessKeyId, secretAccessKey, sessionToken: token };
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/u.test(text) || port > 65_535) {
    throw new Error(`--port must be a number from 0 to 65535, not "${text}"`);
  }
  return port;
}

function readScript(file: string): EmulatorOptions["script"] {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`${file} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  return parseScript(value, file);
}

function printRequest(request: RecordedRequest): void {
  const took = Math.round((request.endedAt ?? request.completeAt) - request.completeAt);
  const ending = request.closedByClient ? ", closed by the client" : "";
  console.log(
    `#${request.ordinal} ${request.method} ${request.path} HTTP/${request.httpVersion} → ${request.status ?? "no answer"}, ${took} ms${ending}`,
  );
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

await main().catch(fail);
