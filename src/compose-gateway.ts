import * as vscode from "vscode";
import { isModelError } from "./agent/model.ts";
import { secretNamePattern, secretNames } from "./bedrock/network/header-secrets.ts";
import { readRequestHeaders } from "./bedrock/request-headers.ts";
import { t } from "./protocol/localize.ts";
import { readHttpTools } from "./tools/http/http-tool-definition.ts";
import type { ConnectionChoice } from "./vscode/connection-choice.ts";
import type { HeaderSecrets } from "./vscode/header-secrets.ts";
import { writtenHttpTools } from "./vscode/http/http-tools-settings.ts";
import { writeSettings } from "./vscode/models/model-settings.ts";
import { nativePrompts } from "./vscode/native-prompts.ts";
import { plainNotice } from "./vscode/plain-notice.ts";
import { setHeaderSecret } from "./vscode/set-header-secret.ts";
import { setUpGateway } from "./vscode/set-up-gateway.ts";
import { readSettings } from "./vscode/settings.ts";

/** Asks for a secret of the request headers. */
export async function askHeaderSecret(secrets: HeaderSecrets): Promise<void> {
  const ofTools = readHttpTools(writtenHttpTools()).definitions.flatMap(({ headers }) => secretNames(headers));
  const wanted = [...secretNames(readSettings().requestHeaders), ...ofTools];
  const isName = (text: string): boolean => secretNamePattern.test(text);
  const done = await setHeaderSecret({ prompts: nativePrompts, secrets, wanted, isName });
  if (done !== undefined) void vscode.window.showInformationMessage(plainNotice(done));
}

/** Asks for a gateway, and makes it the one that answers. */
export async function askGateway(secrets: HeaderSecrets, connection: ConnectionChoice): Promise<void> {
  const endpoint = await setUpGateway({
    prompts: nativePrompts,
    headers: currentHeaders(),
    problemOfHeader,
    storeSecret: (name, value) => secrets.set(name, value),
    write: writeSettings,
  });
  if (endpoint === undefined) return;
  await connection.choose("bedrock");
  const message = t("Prompts go to the gateway at {0} from now on.", new URL(endpoint).host);
  void vscode.window.showInformationMessage(plainNotice(message), t("Diagnose")).then((pressed) => {
    if (pressed !== undefined) void vscode.commands.executeCommand("outcrop.diagnoseConnection");
  });
}

function currentHeaders(): Readonly<Record<string, unknown>> {
  const { requestHeaders } = readSettings();
  return typeof requestHeaders === "object" && requestHeaders !== null ? { ...requestHeaders } : {};
}

function problemOfHeader(name: string): string | undefined {
  try {
    readRequestHeaders({ [name]: "x" }, "none", "the request");
    return undefined;
  } catch (error) {
    return isModelError(error) ? error.message : String(error);
  }
}
