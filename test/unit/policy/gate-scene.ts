import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { Gate, GateVerdict } from "../../../src/agent/gate.ts";
import type { PreparedCall } from "../../../src/agent/tool.ts";
import type { ApprovalDecision, ApprovalRequest } from "../../../src/protocol/approval.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { type TestPolicyOptions, testPolicy } from "../../support/test-policy.ts";

export const allowOnce: ApprovalDecision = { kind: "allow" };
const { signal } = new AbortController();

/** A call that runs a program, whose runs are counted. */
export function executing(parts: Partial<PreparedCall> = {}): PreparedCall & { readonly runs: number } {
  let runs = 0;
  return {
    title: "Running",
    effect: "execute",
    targets: [],
    subject: { question: "Run this?", details: [{ label: "What", value: "it" }] },
    timeoutMs: 1_000,
    run: async () => {
      runs++;
      return { content: [{ text: "ran" }], title: "Ran" };
    },
    ...parts,
    get runs() {
      return runs;
    },
  };
}

export function reading(...paths: readonly string[]): PreparedCall {
  const targets = paths.map((path) => ({ path }));
  return executing({ effect: "read", targets, subject: { question: "Read?", details: [] } });
}

export interface Asking {
  readonly id?: string;
  readonly tool?: string;
  readonly input?: unknown;
  readonly prepare?: () => Promise<PreparedCall>;
  readonly signal?: AbortSignal;
}

export interface GateScene extends ReturnType<typeof testPolicy> {
  readonly gate: Gate;
  readonly requests: readonly ApprovalRequest[];
  readonly notices: readonly string[];
  authorize(call: PreparedCall, asking?: Asking): Promise<GateVerdict>;
}

/** The product's policy for these folders, and a user who always answers the same. */
export function gateScene(
  options: TestPolicyOptions & { readonly answer?: (request: ApprovalRequest) => Promise<ApprovalDecision> } = {},
): GateScene {
  const requests: ApprovalRequest[] = [];
  const notices: string[] = [];
  const parts = testPolicy(options);
  const gate = parts.policy.createGate(
    async (request) => {
      requests.push(request);
      return options.answer === undefined ? allowOnce : options.answer(request);
    },
    (text) => void notices.push(text),
  );
  gate.beginTurn("turn-1");
  let count = 0;
  return {
    ...parts,
    ...{ gate, requests, notices },
    authorize: (call, asking = {}) => {
      count++;
      const given = { id: `c${count}`, tool: "act", input: { count }, prepare: async () => call, ...asking };
      return gate.authorize({ ...given, call }, asking.signal ?? signal);
    },
  };
}

/** Runs what was allowed; the text of its result. */
export async function runAllowed(verdict: GateVerdict, output: (text: string) => void = () => undefined) {
  if (verdict.kind !== "allow") throw new Error(`not allowed: ${JSON.stringify(verdict)}`);
  const { content, title } = await verdict.run({ signal, output });
  return { text: content.map(({ text, json }) => text ?? JSON.stringify(json)).join("\n"), title };
}

/** `ws` with `a.ts` in it, and beside it `ws-evil/b.ts`. */
export async function twoFolders(test: TestContext): Promise<{ readonly ws: string; readonly evil: string }> {
  const folder = await temporaryFolder(test);
  const [ws, evil] = [join(folder, "ws"), join(folder, "ws-evil")];
  await mkdir(ws);
  await mkdir(evil);
  await writeFile(join(ws, "a.ts"), "");
  await writeFile(join(evil, "b.ts"), "");
  return { ws, evil };
}
