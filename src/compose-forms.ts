import { randomUUID } from "node:crypto";
import type * as vscode from "vscode";
import { extractWithRetries } from "./agent/extract-with-retries.ts";
import { systemTiming } from "./agent/system-timing.ts";
import { withinLimit } from "./agent/within-limit.ts";
import { StepMeter } from "./chat/step-meter.ts";
import type { Connect } from "./compose-connect.ts";
import type { Policies } from "./compose-policy.ts";
import type { Usage } from "./compose-usage.ts";
import type { Connection } from "./protocol/connection.ts";
import { addCost, type Cost, costText } from "./protocol/cost.ts";
import { t } from "./protocol/localize.ts";
import { shortModelName } from "./protocol/short-model-name.ts";
import type { EditProposals } from "./vscode/editor-actions/edit-proposals.ts";
import { CommitMessages } from "./vscode/forms/commit-messages.ts";
import { editSelection } from "./vscode/forms/edit-selection.ts";
import { extractToJson } from "./vscode/forms/extract-to-json.ts";
import type { FormFiller, OpenFormFiller } from "./vscode/forms/form-filler.ts";
import { readRoutingSettings } from "./vscode/routing-settings.ts";
import { readSettings } from "./vscode/settings.ts";

export interface FormParts {
  readonly connect: Connect;
  readonly policies: Policies;
  readonly usage: Usage;
  /** Who answers the chat that is shown. */
  readonly place: () => Promise<Connection>;
  readonly report: (error: unknown) => void;
}

/** Commands that ask a model to fill in a form. Loaded when the first of them is used. */
export interface Forms {
  readonly commitMessages: CommitMessages;
  extractToJson(given: unknown): Promise<void>;
  editSelection(proposals: EditProposals, mayChange: (uri: vscode.Uri) => Promise<boolean>): Promise<void>;
}

export function composeForms({ connect, policies, usage, place, report }: FormParts): Forms {
  // A row of its own in the usage view, for all commands of this window.
  const session = `command-${randomUUID()}`;
  const open: OpenFormFiller = async (which) => {
    const connection = which === "fast" ? fastOf(await place()) : strongOf(await place());
    let cost: Cost | undefined;
    // A command is no part of the chat: its cost is its own, and counts to the day.
    const policy = policies.create(session, {
      priceOf: usage.priceOf,
      usage: usage.ledger,
      onBill: ({ cost: dollars, prices }) => {
        cost = addCost(cost, { dollars: dollars ?? 0, unknown: dollars === undefined ? 1 : 0, prices });
      },
    });
    const caller = { session, policy, meter: new StepMeter() };
    const fill: FormFiller["fill"] = ({ limitMs, ...question }, stop) =>
      withinLimit({ limitMs, timing: systemTiming, signal: stop }, async (signal) => {
        const { model } = await connect(caller, connection);
        const retries = { retries: readSettings().maxRetries, longestWaitMs: 20_000 };
        const own = { ...question, ...retries, model, signal, timing: systemTiming, repair: true } as const;
        return (await extractWithRetries(own)).value;
      });
    return { name: nameOf(connection), guard: policy.files, fill, cost: () => cost && costText(cost) };
  };
  return {
    commitMessages: new CommitMessages(open, report),
    extractToJson: (given) => extractToJson(given, open, report),
    editSelection: (proposals, mayChange) => editSelection({ open, proposals, mayChange, report }),
  };
}

function fastOf(connection: Connection): Connection {
  const { fastModel } = readRoutingSettings();
  const plain = strongOf(connection);
  if (plain.kind === "demo" || fastModel === undefined || plain.gatewayDecidesModel) return plain;
  return { ...plain, modelId: fastModel };
}

function strongOf(connection: Connection): Connection {
  if (connection.kind === "demo") return connection;
  const { routing: _, ...plain } = connection;
  return plain;
}

function nameOf(connection: Connection): string {
  if (connection.kind === "demo") return t("the demo model");
  return connection.modelId === "" ? t("the gateway's model") : shortModelName(connection.modelId);
}
