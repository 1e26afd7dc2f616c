import { join } from "node:path";
import * as vscode from "vscode";
import { keepResultsIn, outputFolder } from "./headless/output-files.ts";
import { AuditLog } from "./policy/audit/audit-log.ts";
import { DayLedger, localDay } from "./policy/budgets/day-ledger.ts";
import { loadShellParser, type ShellParser } from "./policy/commands/shell-parser.ts";
import { createPathContext, type PathContext } from "./policy/paths/path-context.ts";
import { type LiveSecret, Redactor } from "./policy/redaction/redactor.ts";
import { SessionPolicy, type SessionPolicyOptions } from "./policy/session-policy.ts";
import { WholeResults } from "./tools/results/whole-results.ts";
import { mayAllowAll } from "./vscode/allow-all-setting.ts";
import type { AuditViews } from "./vscode/audit-views.ts";
import { LoadOnce } from "./vscode/load-once.ts";
import { readPolicySettings } from "./vscode/policy-settings.ts";
import { WorkspaceRules } from "./vscode/workspace-rules.ts";

/** What a session's policy tells of money, and where it gets prices from. */
export type Money = Pick<SessionPolicyOptions, "spentInSession" | "priceOf" | "usage" | "onBill" | "onNearCap">;

/** What a session's policy tells, of money and of what the user allows. */
export type Told = Money & Pick<SessionPolicyOptions, "onAllowAll">;

export interface PolicyParts {
  readonly context: vscode.ExtensionContext;
  readonly folders: () => readonly string[];
  readonly secrets: () => readonly LiveSecret[];
  readonly report: (error: unknown) => void;
}

/** What the sessions of one window share of the policy, and the policy of each. */
export interface Policies {
  readonly rules: WorkspaceRules;
  readonly auditFolder: string;
  readonly paths: PathContext;
  create(session: string, told: Told): SessionPolicy;
  /** Masks these values from now on, also in sessions that there are. */
  know(secrets: readonly string[]): void;
  /** Takes what is secret now out of texts that no session holds. */
  mask(): (text: string) => string;
}

export function composePolicies({ context, folders, secrets, report }: PolicyParts): Policies {
  const storage = context.globalStorageUri.fsPath;
  const auditFolder = join(storage, "audit");
  // <user-data-dir>/User/globalStorage/<publisher.name>: the user's settings, keybindings and snippets.
  const userFolder = join(storage, "..", "..");
  const paths = createPathContext({ folders, ownFolders: [storage, userFolder, context.extensionUri.fsPath] });
  const rules = new WorkspaceRules(context.globalState);
  const ledger = new DayLedger(join(storage, "spend"), () => localDay(new Date()));
  const parser = new LoadOnce<ShellParser | undefined>(async () =>
    loadShellParser({ wasmFolder: vscode.Uri.joinPath(context.extensionUri, "dist", "shell").fsPath }).catch(
      (error: unknown) => {
        report(error);
        return undefined;
      },
    ),
  );
  // Of the session that is shown, and of commands that run.
  const redactors = new Set<WeakRef<Redactor>>();
  return {
    rules,
    auditFolder,
    paths,
    mask: () => {
      const redactor = new Redactor({ liveSecrets: secrets() });
      return (text) => redactor.redact(text);
    },
    know: (known) => {
      for (const redactor of redactors) {
        const used = redactor.deref();
        if (used === undefined) redactors.delete(redactor);
        for (const secret of known) used?.addLiveSecret(secret, "credential");
      }
    },
    create: (session, told) => {
      const redactor = new Redactor({ liveSecrets: secrets() });
      redactors.add(new WeakRef(redactor));
      const audit = new AuditLog({ folder: auditFolder, redactor });
      const outputs = outputFolder(storage, session);
      return new SessionPolicy({
        session,
        paths: { ...paths, readableFolders: [outputs] },
        results: new WholeResults(keepResultsIn(outputs)),
        isTrusted: () => vscode.workspace.isTrusted,
        parser: () => parser.get(),
        ruleStore: rules,
        redactor,
        record: (entry) => audit.append(entry),
        ledger,
        turnLimits: () => readPolicySettings().turn,
        spendLimits: () => readPolicySettings().spend,
        now: Date.now,
        mayAllowAll,
        ...told,
      });
    },
  };
}

/** What shows the audit log, loaded when it is first asked for. */
export function composeAuditViews({ subscriptions }: vscode.ExtensionContext, folder: string): LoadOnce<AuditViews> {
  return new LoadOnce(async () => {
    const { AuditViews: Views } = await import("./vscode/audit-views.ts");
    const views = new Views(folder);
    subscriptions.push(views);
    return views;
  });
}
