import { parseArgs } from "node:util";
import type { RequestSettings } from "../agent/request-settings.ts";
import { type Authentication, authentications, type RequestHeaders } from "../bedrock/bedrock-settings.ts";
import { readRequestHeaders } from "../bedrock/request-headers.ts";
import { ArgumentError } from "./argument-error.ts";
import { integerValue, wordValue } from "./option-value.ts";
import { requestOptions, requestUsage, toRequestSettings } from "./request-options.ts";
import { wayOptions, wayUsage } from "./way-options.ts";

/** Who answers the approvals of a headless turn. */
const approvalModes = ["all", "none", "ask"] as const;
export type ApprovalMode = (typeof approvalModes)[number];

export interface TurnArguments {
  readonly workspace: string;
  readonly prompt: string;
  readonly endpoint: string | undefined;
  readonly region: string | undefined;
  readonly profile: string | undefined;
  readonly authentication: Authentication;
  readonly headers: RequestHeaders;
  readonly caBundle: string | undefined;
  /** As they were given: whoever places the model checks them. */
  readonly allowedRegions: readonly string[] | undefined;
  readonly model: string | undefined;
  readonly request: RequestSettings;
  readonly demo: boolean;
  readonly approve: ApprovalMode;
  /** The user's rules, one a line. */
  readonly rules: string | undefined;
  readonly retries: number;
  readonly firstByteMs: number | undefined;
  readonly idleMs: number | undefined;
  readonly maxTokens: number;
  readonly maxSteps: number;
  readonly session: string | undefined;
  readonly tools: string | undefined;
  readonly json: boolean;
}

export const usage = `Usage: npm run -s turn -- --workspace DIR --prompt TEXT [options]

Runs one turn of the agent without VS Code and prints what happens. Exit code 0 only for a completed answer.

  --workspace DIR     folder that the tools work in
  --prompt TEXT       what to ask
  --demo              the embedded demo model: scripted, no AI, no AWS
${wayUsage}
  --header NAME=VALUE a header on every request; may be given more than once
  --model ID          model id, inference profile id or ARN
  --allowed-regions L regions that may answer, with commas (eu-central-1,us-*): a model that may
                      answer elsewhere is refused before anything is sent
${requestUsage}
  --approve MODE      who answers: all (everything, also what VS Code asks in a dialog),
                      none (default: all is skipped) or ask (on the terminal)
  --rules FILE        the user's rules, one a line: allow run_command(prefix "git status *")
  --retries N         automatic retries of a model call (default 5, 0 = none)
  --first-byte-ms N   longest wait for the first event of an answer
  --idle-ms N         longest silence within an answer
  --max-tokens N      output tokens of one model call (default 8192)
  --max-steps N       model calls of the turn (default 25)
  --session FILE      go on with the session in FILE, and keep it there
  --tools FILE        a module (.mjs, .js, .ts) whose default export is a list of further tools
  --json              print every ChatEvent as a JSON line; the last is {"type":"turn-end",…}
  --help              this text`;

/** Undefined: `--help`. Throws `ArgumentError`. */
export function parseTurnArguments(argv: readonly string[]): TurnArguments | undefined {
  const values = parse(argv);
  if (values.help) return undefined;
  const authentication = wordValue("--authentication", values.authentication, authentications) ?? "automatic";
  return {
    workspace: required("--workspace", values.workspace),
    prompt: required("--prompt", values.prompt),
    endpoint: values.endpoint,
    region: values.region,
    profile: values.profile,
    authentication,
    headers: toHeaders(values.header ?? [], authentication),
    caBundle: values["ca-bundle"],
    allowedRegions: values["allowed-regions"]?.split(","),
    model: values.model,
    request: toRequestSettings(values),
    demo: values.demo ?? false,
    approve: wordValue("--approve", values.approve, approvalModes) ?? "none",
    rules: values.rules,
    retries: integerValue("--retries", values.retries, 0) ?? 5,
    firstByteMs: integerValue("--first-byte-ms", values["first-byte-ms"], 1),
    idleMs: integerValue("--idle-ms", values["idle-ms"], 1),
    maxTokens: integerValue("--max-tokens", values["max-tokens"], 1) ?? 8192,
    maxSteps: integerValue("--max-steps", values["max-steps"], 1) ?? 25,
    session: values.session,
    tools: values.tools,
    json: values.json ?? false,
  };
}

function parse(argv: readonly string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  try {
    return parseArgs({
      args: [...argv],
      options: {
        workspace: text,
        prompt: text,
        ...wayOptions,
        header: { type: "string", multiple: true },
        model: text,
        "allowed-regions": text,
        ...requestOptions,
        demo: flag,
        approve: text,
        rules: text,
        retries: text,
        "first-byte-ms": text,
        "idle-ms": text,
        "max-tokens": text,
        "max-steps": text,
        session: text,
        tools: text,
        json: flag,
        help: flag,
      },
    }).values;
  } catch (error) {
    throw new ArgumentError(error instanceof Error ? error.message : String(error));
  }
}

function required(name: string, value: string | undefined): string {
  if (value === undefined || value.trim() === "") throw new ArgumentError(`${name} is missing.`);
  return value;
}

function toHeaders(given: readonly string[], authentication: Authentication): RequestHeaders {
  const headers = new Map<string, string>();
  for (const header of given) {
    const [, name, value] = /^([^=]+)=(.*)$/su.exec(header) ?? [];
    if (name === undefined || value === undefined) throw new ArgumentError("--header takes NAME=VALUE.");
    if (headers.has(name)) throw new ArgumentError(`--header ${name} is given twice.`);
    headers.set(name, value);
  }
  try {
    return readRequestHeaders(Object.fromEntries(headers), authentication, "--header");
  } catch (error) {
    throw new ArgumentError(error instanceof Error ? error.message : String(error));
  }
}
