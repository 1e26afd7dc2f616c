import type { Attempt } from "./bedrock/inspector/attempt-log.ts";
import { describeAttempt } from "./bedrock/inspector/describe-attempt.ts";
import { firstTokenMs } from "./bedrock/inspector/read-attempt.ts";
import { toCliCommand } from "./bedrock/inspector/to-cli-command.ts";
import { toEmulatorScript } from "./bedrock/inspector/to-emulator-script.ts";
import type { DoctorSources } from "./compose-doctor.ts";
import { t } from "./protocol/localize.ts";
import type { PanelCommand } from "./protocol/panel-messages.ts";
import { DiagnosisView } from "./vscode/support/diagnosis-view.ts";
import { type InspectedRequest, RequestViews } from "./vscode/support/request-views.ts";
import { showPolicy, whileWaiting } from "./vscode/support/show-policy.ts";
import { TextDocuments } from "./vscode/support/text-documents.ts";

export interface SupportParts extends DoctorSources {
  /** The last one first. */
  readonly attempts: () => readonly Attempt[];
  /** Takes the secrets of now out of texts. */
  readonly mask: () => (text: string) => string;
  readonly runCommand: (command: PanelCommand) => Promise<void>;
  readonly subscriptions: { push(...disposables: { dispose(): void }[]): unknown };
}

/** What helps when the way to Bedrock does not work. Loaded when one of its commands is first used. */
export interface Support {
  diagnose(): Promise<void>;
  copyIamPolicy(): Promise<void>;
  inspectRequests(): Promise<void>;
  copyRequestAsCommand(): Promise<void>;
  saveRequestAsScript(): Promise<void>;
}

export function composeSupport(parts: SupportParts): Support {
  const doctor = async () => (await import("./compose-doctor.ts")).composeDoctor(parts);
  const diagnosis = new DiagnosisView(async () => (await doctor()).diagnosis(), parts.runCommand);
  const requests = new RequestViews(() => {
    const mask = parts.mask();
    return parts.attempts().map((attempt) => inspected(attempt, mask));
  });
  const policies = new TextDocuments("outcrop-policy", 1);
  parts.subscriptions.push(diagnosis, requests, policies);
  return {
    diagnose: () => diagnosis.run(),
    copyIamPolicy: async () => {
      const make = async (signal: AbortSignal): Promise<string> => (await doctor()).iamPolicy(signal);
      const policy = await whileWaiting(t("Outcrop: Writing the IAM policy"), make);
      if (policy !== undefined) await showPolicy(policies, policy);
    },
    inspectRequests: () => requests.inspect(),
    copyRequestAsCommand: () => requests.copyAsCommand(),
    saveRequestAsScript: () => requests.saveAsScript(),
  };
}

function inspected(attempt: Attempt, mask: (text: string) => string): InspectedRequest {
  const { ordinal, startedAt, operation, modelId, response, error, endedMs } = attempt;
  const shell = process.platform === "win32" ? "powershell" : "posix";
  return {
    ordinal,
    startedAt,
    operation,
    modelId,
    status: response?.status,
    hasFailed: error !== undefined,
    durationMs: endedMs,
    firstTokenMs: firstTokenMs(attempt),
    document: () => describeAttempt(attempt, mask),
    command: () => toCliCommand(attempt, mask, shell),
    script: () => toEmulatorScript(attempt, mask),
  };
}
