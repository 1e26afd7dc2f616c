import type { Page } from "playwright-core";
import type { FromPanel, ToHost } from "../../../src/protocol/panel-messages.ts";
import { contentSecurityPolicy } from "../../../src/vscode/content-security-policy.ts";
import { buildPanel } from "./build-panel.ts";
import { type ThemeName, themes } from "./themes.ts";

declare global {
  interface Window {
    panelTest: {
      readonly posts: ToHost[];
      /** The chats that the posts named, in their order. */
      readonly chats: (string | undefined)[];
      readonly violations: string[];
    };
  }
}

export const origin = "https://panel.test";
const nonce = "dGVzdC1ub25jZS0xMjg=";

interface Served extends Pick<Writing, "translations" | "direction"> {
  readonly foreign: string[];
  readonly letThrough: boolean;
  /** The name of the page's own script and style sheet. */
  readonly name?: "panel" | "usage";
}

/** What a page says of the language that it is written in. */
interface Writing {
  readonly name: "panel" | "usage";
  readonly translations?: Readonly<Record<string, string>> | undefined;
  readonly direction?: "ltr" | "rtl" | undefined;
}

/** Serves a page of ours under `origin`, under its real policy. */
export async function servePage(page: Page, theme: ThemeName, served: Served): Promise<void> {
  const { foreign, letThrough, name = "panel", translations, direction } = served;
  const files = await buildPanel();
  await page.route("**/*", async (route) => {
    const url = new URL(route.request().url());
    const file = files.get(url.pathname.slice(1));
    if (url.origin !== origin) {
      foreign.push(url.href);
      await (letThrough ? route.continue() : route.abort());
    } else if (url.pathname === "/") {
      const headers = { "content-security-policy": contentSecurityPolicy(origin, nonce) };
      await route.fulfill({
        contentType: "text/html",
        headers,
        body: pageOf(theme, { name, translations, direction }),
      });
    } else if (url.pathname === "/theme.css") {
      await route.fulfill({ contentType: "text/css", body: themeSheet(theme) });
    } else if (file !== undefined) {
      await route.fulfill({ contentType: url.pathname.endsWith(".css") ? "text/css" : "text/javascript", body: file });
    } else {
      await route.fulfill({ status: 404, body: "" });
    }
  });
}

function pageOf(theme: ThemeName, { name, translations, direction = "ltr" }: Writing): string {
  const json = translations && JSON.stringify(translations).replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<!DOCTYPE html>
<html lang="en" dir="${direction}">
<head><meta charset="UTF-8"><title>Outcrop</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/theme.css"><link rel="stylesheet" href="/${name}.css"></head>
<body class="${themes[theme].bodyClass}"><div id="outcrop"${json === undefined ? "" : ` data-translations="${json}"`}></div>
<script nonce="${nonce}" type="module" src="/${name}.js"></script></body>
</html>`;
}

/** What VS Code adds to every webview: the variables, and default styles in a layer that the panel's own overrule. */
function themeSheet(theme: ThemeName): string {
  const variables = Object.entries(themes[theme].variables).map(([name, value]) => `${name}: ${value};`);
  return `:root { ${variables.join(" ")} }
html { background: var(--vscode-sideBar-background); }
@layer vscode-default {
  html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
  body { margin: 0; padding: 0 20px; color: var(--vscode-editor-foreground); font-family: var(--vscode-font-family); }
  a, a code { color: var(--vscode-textLink-foreground); }
  code { font-family: monospace; color: var(--vscode-textPreformat-foreground);
    background-color: var(--vscode-textPreformat-background); padding: 1px 3px; border-radius: 4px; }
  pre code { padding: 0; }
}`;
}

/** Runs in the page before its scripts: the API that VS Code would give, and a record of every broken rule. */
export function installFakes(): void {
  const key = "vscode-state";
  window.panelTest = { posts: [], chats: [], violations: [] };
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => {
    window.panelTest.violations.push(`${violatedDirective} ${blockedURI} ${sample}`);
  });
  window.addEventListener("error", ({ message }) => window.panelTest.violations.push(`error ${message}`));
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: ({ chat, ...message }: FromPanel) => {
        window.panelTest.posts.push(message);
        window.panelTest.chats.push(chat);
      },
      getState: () => JSON.parse(sessionStorage.getItem(key) ?? "null"),
      setState: (state: unknown) => sessionStorage.setItem(key, JSON.stringify(state)),
    }),
  });
}
