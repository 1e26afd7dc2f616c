import * as vscode from "vscode";

/** The proxy of VS Code's own settings; undefined where they name none, and the environment's or the system's is used. */
export function editorProxy(): { readonly url: string; readonly source: string } | undefined {
  const http = vscode.workspace.getConfiguration("http");
  const url = http.get<unknown>("proxy");
  if (http.get<unknown>("proxySupport") === "off" || typeof url !== "string" || url.trim() === "") return undefined;
  return { url: url.trim(), source: "http.proxy" };
}
