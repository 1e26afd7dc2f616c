import { parseArgs } from "node:util";
import { authentications, type BedrockSettings, defaultModelId } from "../bedrock/bedrock-settings.ts";
import type { CheckLine } from "../bedrock/doctor/check.ts";
import { checks } from "../bedrock/doctor/checks.ts";
import { DoctorContext } from "../bedrock/doctor/doctor-context.ts";
import { describeHead, describeLine, describeSummary, summarize } from "../bedrock/doctor/doctor-report.ts";
import { environmentProxy } from "../bedrock/doctor/environment-proxy.ts";
import { iamPolicyOf } from "../bedrock/doctor/iam-policy-of.ts";
import { runDoctor } from "../bedrock/doctor/run-doctor.ts";
import { nobodysIdentity } from "../bedrock/identity/nobodys-identity.ts";
import { dollarsOf } from "../policy/budgets/dollars-of.ts";
import { makeVisible } from "../policy/display/make-visible.ts";
import { ArgumentError } from "./argument-error.ts";
import { guardrailValue, wordValue } from "./option-value.ts";
import { publishedPrice } from "./published-price.ts";
import { runCommand } from "./run-command.ts";
import { wayOptions, wayUsage } from "./way-options.ts";

const usage = `Usage: npm run -s doctor -- [options]

Checks the way to Bedrock, from the identity to a tool call, and says what helps where it fails. Makes up to four small
model calls, two of them with about 6,000 tokens to see whether prompts are cached. Exit code 0 when nothing failed.

${wayUsage}
  --model ID          model id, inference profile id or ARN
  --guardrail ID:V    a guardrail to check, and its version
  --iam               print the IAM policy that allows exactly what is used, and check nothing
  --json              print every check as a JSON line; the last is {"type":"summary",…}
  --help              this text`;

async function main(): Promise<number> {
  const { values } = parse();
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const ended = new AbortController();
  process.once("SIGINT", () => ended.abort());
  process.once("SIGTERM", () => ended.abort());
  const context = createContext(toSettings(values), guardrailValue("--guardrail", values.guardrail));
  try {
    if (values.iam === true) {
      process.stdout.write(`${JSON.stringify(await iamPolicyOf(context, ended.signal), undefined, 2)}\n`);
      return 0;
    }
    const lines: CheckLine[] = [];
    if (values.json !== true) print(`${makeVisible(describeHead(context))}\n`);
    for await (const line of runDoctor(context, checks, ended.signal)) {
      lines.push(line);
      print(values.json === true ? JSON.stringify({ type: "check", ...line }) : makeVisible(describeLine(line)));
    }
    const summary = summarize(lines);
    print(values.json === true ? JSON.stringify({ type: "summary", ...summary }) : `\n${describeSummary(summary)}`);
    return summary.failed === 0 ? 0 : 1;
  } catch (error) {
    if (ended.signal.aborted) return 130;
    throw error;
  } finally {
    context.close();
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function parse() {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const options = { ...wayOptions, model: text, guardrail: text };
  try {
    return parseArgs({ options: { ...options, iam: flag, json: flag, help: flag } });
  } catch (error) {
    throw new ArgumentError(error instanceof Error ? error.message : String(error));
  }
}

function toSettings(values: ReturnType<typeof parse>["values"]): BedrockSettings {
  const { "ca-bundle": caBundle } = values;
  return {
    modelId: values.model ?? defaultModelId,
    region: values.region,
    profile: values.profile,
    endpoint: values.endpoint,
    authentication: wordValue("--authentication", values.authentication, authentications) ?? "automatic",
    ...(caBundle !== undefined && { network: { caBundle } }),
    maxTokens: 128,
    firstByteMs: 60_000,
    idleMs: 60_000,
  };
}

function createContext(settings: BedrockSettings, guardrail: ReturnType<typeof guardrailValue>): DoctorContext {
  return new DoctorContext({
    settings: { ...settings, identity: nobodysIdentity() },
    guardrail,
    proxyFor: (address) => environmentProxy(address, process.env),
    costOf: dollarsOf(publishedPrice),
    nameOf: (setting) => (setting === "caBundle" ? "--ca-bundle" : `--${setting}`),
  });
}

runCommand(main, usage);
