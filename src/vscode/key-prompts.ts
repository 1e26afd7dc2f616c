import * as vscode from "vscode";
import { t } from "../protocol/localize.ts";
import {
  type Check,
  checkAccessKeyId,
  checkApiKey,
  checkMfaCode,
  checkRegion,
  checkSecretKey,
  checkSessionToken,
} from "./key-checks.ts";
import { writeSettings } from "./models/model-settings.ts";

/** Keys of AWS as a person types them in. */
interface TypedKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export function askApiKey(): Promise<string | undefined> {
  return askSecret(
    t("Outcrop: Set API Key"),
    t("Amazon Bedrock API key. It is kept in VS Code's secret storage."),
    checkApiKey,
  );
}

/** Undefined where the user leaves any of the steps. */
export async function askAccessKeys(): Promise<TypedKeys | undefined> {
  const accessKeyId = await askSecret(
    t("Outcrop: Set Access Keys ({0}/3)", 1),
    t("AWS access key ID"),
    checkAccessKeyId,
  );
  if (accessKeyId === undefined) return undefined;
  const secretAccessKey = await askSecret(
    t("Outcrop: Set Access Keys ({0}/3)", 2),
    t("AWS secret access key"),
    checkSecretKey,
  );
  if (secretAccessKey === undefined) return undefined;
  const prompt = t("AWS session token. Leave it empty for long-lived keys.");
  const sessionToken = await askSecret(
    t("Outcrop: Set Access Keys ({0}/3)", 3),
    prompt,
    checkSessionToken(accessKeyId),
  );
  if (sessionToken === undefined) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken !== "" && { sessionToken }) };
}

/** The code of a device; undefined where the user leaves the box. It closes when the signal aborts. */
export async function askMfaCode(serial: string, signal: AbortSignal): Promise<string | undefined> {
  const closing = new vscode.CancellationTokenSource();
  const close = (): void => closing.cancel();
  signal.addEventListener("abort", close, { once: true });
  try {
    return await askSecret(
      t("Outcrop: Multi-Factor Code"),
      t("Code of the device {0}", serial),
      checkMfaCode,
      closing.token,
    );
  } finally {
    signal.removeEventListener("abort", close);
    closing.dispose();
  }
}

/** The value is shown as dots, checked as it is typed, and kept by nobody but the caller. */
async function askSecret(
  title: string,
  prompt: string,
  check: Check,
  closing?: vscode.CancellationToken,
): Promise<string | undefined> {
  const box = { title, prompt, password: true, ignoreFocusOut: true, validateInput: check };
  const value = await vscode.window.showInputBox(box, closing);
  return value?.trim();
}

/** Writes the region to the user's settings; false where the user leaves the box. */
export async function askRegion(): Promise<boolean> {
  const region = await vscode.window.showInputBox({
    title: t("Outcrop: Region"),
    prompt: t("AWS region of Amazon Bedrock, for example eu-central-1"),
    ignoreFocusOut: true,
    validateInput: checkRegion,
  });
  if (region === undefined) return false;
  await writeSettings({ region: region.trim() });
  return true;
}
