import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { contentSecurityPolicy } from "./content-security-policy.ts";

/** Where the panel's scripts and styles are, below the extension's folder. */
function panelRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, "dist", "webview");
}

/** What the panel's frame may do: run its own scripts, no more. */
export function panelOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return {
    enableScripts: true,
    enableCommandUris: false,
    enableForms: false,
    localResourceRoots: [panelRoot(extensionUri)],
  };
}

/** What a page of ours is made of, by names below `panelRoot`. */
export interface PanelPage {
  readonly title: string;
  readonly style: string;
  readonly script: string;
  /** Loaded after the first paint. */
  readonly laterScripts: readonly string[];
}

const chatPage: PanelPage = {
  title: "Outcrop",
  style: "panel.css",
  script: "panel.js",
  laterScripts: ["highlight.js"],
};

/** A page's whole HTML. Nothing in it comes from settings, files or the model. */
export function panelHtml(webview: vscode.Webview, extensionUri: vscode.Uri, page: PanelPage = chatPage): string {
  const nonce = randomBytes(16).toString("base64");
  const uri = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(panelRoot(extensionUri), file)).toString();
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(webview.cspSource, nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<link rel="stylesheet" href="${uri(page.style)}">
<title>${page.title}</title>
</head>
<body>
<div id="outcrop"></div>
<script nonce="${nonce}" src="${uri(page.script)}"></script>
${page.laterScripts.map((file) => `<script nonce="${nonce}" src="${uri(file)}" async></script>\n`).join("")}</body>
</html>`;
}
