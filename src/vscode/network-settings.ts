import { homedir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { userSettings } from "./user-settings.ts";

export interface NetworkSettings {
  readonly caBundle?: string;
  readonly useFipsEndpoint?: true;
  readonly useDualstackEndpoint?: true;
  readonly proxy:
    | { readonly by: "editor" }
    | { readonly by: "own"; readonly url?: string; readonly exceptions?: readonly string[] };
}

/** How requests travel, as the user's settings and VS Code's own say it. A value of the wrong type counts as unset. */
export function readNetworkSettings(): NetworkSettings {
  const settings = userSettings();
  const caBundle = settings.get("caBundle");
  return {
    ...(typeof caBundle === "string" && caBundle.trim() !== "" && { caBundle: fromHome(caBundle.trim()) }),
    ...(settings.get("useFipsEndpoint") === true && { useFipsEndpoint: true }),
    ...(settings.get("useDualstackEndpoint") === true && { useDualstackEndpoint: true }),
    proxy: readProxy(),
  };
}

/**
 * With `override` and `fallback` VS Code sends every request of Node's modules through its proxy. With `on` it passes over
 * requests that bring an agent, as the SDK's do, so that its proxy is ours to use; with `off` only the environment's is
 * (microsoft/vscode-proxy-agent, src/index.ts, createHttpPatch).
 */
function readProxy(): NetworkSettings["proxy"] {
  const http = vscode.workspace.getConfiguration("http");
  const support = http.get<unknown>("proxySupport");
  if (support !== "on" && support !== "off") return { by: "editor" };
  const url = http.get<unknown>("proxy");
  const exceptions = http.get<unknown>("noProxy");
  if (support === "off" || typeof url !== "string" || url.trim() === "") return { by: "own" };
  return { by: "own", url: url.trim(), ...(isTexts(exceptions) && { exceptions }) };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

function fromHome(path: string): string {
  return /^~[/\\]/u.test(path) ? join(homedir(), path.slice(2)) : path;
}
