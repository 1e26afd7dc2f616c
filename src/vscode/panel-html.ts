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
}

const chatPage: PanelPage = { title: "Outcrop", style: "panel.css", script: "panel.js" };

/** A page's whole HTML, with what it is written in. Nothing in it comes from settings, files of others or the model. */
export function panelHtml(webview: vscode.Webview, extensionUri: vscode.Uri, page: PanelPage = chatPage): string {
  const nonce = randomBytes(16).toString("base64");
  const uri = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(panelRoot(extensionUri), file)).toString();
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(webview.cspSource, nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<link rel="stylesheet" href="${uri(page.style)}">
<title>${page.title}</title>
</head>
<body>
<div id="outcrop"${translations()}></div>
<script nonce="${nonce}" type="module" src="${uri(page.script)}"></script>
</body>
</html>`;
}

/** The extension's own translations, for the page to read before it paints; in English there are none. */
function translations(): string {
  const { bundle } = vscode.l10n;
  if (bundle === undefined) return "";
  const json = JSON.stringify(bundle).replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return ` data-translations="${json}"`;
}
