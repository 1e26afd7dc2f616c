import type { Browser, Page } from "playwright-core";
import { buildModule } from "./build-panel.ts";

interface StreamedMarkdown {
  update(text: string, growing: boolean): void;
}

declare global {
  var panelMarkdown: {
    readonly StreamedMarkdown: new (container: HTMLElement, options: { readonly heal: boolean }) => StreamedMarkdown;
  };
}

/** An empty page that knows the panel's markdown as the global `panelMarkdown`. */
export async function openMarkdownPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await page.addScriptTag({ content: await buildModule("webview/markdown/streamed-markdown.ts", "panelMarkdown") });
  return page;
}
