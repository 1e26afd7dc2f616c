import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

/** Where the panel's scripts and styles are, below the extension's folder. */
export function panelRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, "dist", "webview");
}

/** The panel's whole HTML. Nothing in it comes from settings, files or the model. */
export function panelHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const nonce = randomBytes(16).toString("base64");
  const uri = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(panelRoot(extensionUri), file)).toString();
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(webview.cspSource, nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<link rel="stylesheet" href="${uri("panel.css")}">
<title>Outcrop</title>
</head>
<body>
<div id="outcrop"></div>
<script nonce="${nonce}" src="${uri("panel.js")}"></script>
<script nonce="${nonce}" src="${uri("highlight.js")}" async></script>
</body>
</html>`;
}

/** The strictest policy that a webview of VS Code boots with: no remote source, no inline script, Trusted Types. */
export function contentSecurityPolicy(cspSource: string, nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `img-src ${cspSource} data:`,
    "font-src 'none'",
    "connect-src 'none'",
    "media-src 'none'",
    "frame-src 'none'",
    "child-src 'none'",
    "worker-src 'none'",
    "object-src 'none'",
    "manifest-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}
