import * as vscode from "vscode";
import { t } from "../protocol/localize.ts";
import { writeSettings } from "./models/model-settings.ts";

/** What the settings become when it is chosen. */
interface SourceChoice {
  /** Empty: none. */
  readonly profile: string;
  readonly authentication: "automatic" | "aws" | "apiKey" | "keys" | "none";
}

/** A source of credentials in words, as the picker shows it. */
export interface IdentityOption {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly choice: SourceChoice;
  readonly isCurrent: boolean;
  /** It needs a sign-in before it can be used. */
  readonly needsSignIn: boolean;
}

type KeyAction = "set-api-key" | "set-access-keys" | "forget";

export type IdentityPick = { readonly kind: "source"; readonly option: IdentityOption } | { readonly kind: KeyAction };

interface IdentityItem extends vscode.QuickPickItem {
  readonly pick?: IdentityPick;
}

/** Lets the user pick what requests are signed with. `note`: why, where something went wrong. */
export async function pickIdentity(
  options: readonly IdentityOption[],
  hasStoredKeys: boolean,
  note?: string,
): Promise<IdentityPick | undefined> {
  const separator = (label: string): IdentityItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const items: readonly IdentityItem[] = [
    ...options.map(toItem),
    separator(t("Keys")),
    { label: t("$(key) Set API Key…"), description: t("a Bedrock API key"), pick: { kind: "set-api-key" } },
    {
      label: t("$(key) Set Access Keys…"),
      description: t("access key, secret, session token"),
      pick: { kind: "set-access-keys" },
    },
    ...(hasStoredKeys ? [{ label: t("$(trash) Forget Stored Keys"), pick: { kind: "forget" } as const }] : []),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: t("Outcrop: Select Identity"),
    placeHolder: note ?? t("What requests to Amazon Bedrock are signed with"),
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: note !== undefined,
  });
  return picked?.pick;
}

/** Writes the choice to the user's settings: the source first, so that a profile is never used in another way. */
export async function chooseSource({ profile, authentication }: SourceChoice): Promise<void> {
  await writeSettings({ authentication, profile });
}

function toItem(option: IdentityOption): IdentityItem {
  const { label, description, detail, isCurrent } = option;
  const icon = isCurrent ? "$(check) " : option.needsSignIn ? "$(sign-in) " : "$(account) ";
  return { label: `${icon}${label}`, description, detail, pick: { kind: "source", option } };
}
