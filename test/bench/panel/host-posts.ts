import type { Browser } from "playwright-core";
import { openMarkdownPage } from "../../support/panel/markdown-page.ts";
import type { SeenPost } from "./page-probe.ts";

export type Post = Omit<SeenPost, "isSeen">;

/** Shortest time between two posts of the host, in milliseconds: `EventOutbox`. */
const frameMs = 16;

/** What the host posts when deltas come at a steady rate: the first at once, then what came since the last post, merged. */
export function hostPosts(deltas: readonly string[], perSecond: number): readonly Post[] {
  const posts: Post[] = [];
  for (const [index, text] of deltas.entries()) {
    const came = (index * 1000) / perSecond;
    const last = posts.at(-1);
    // The first post that is not made yet when this delta comes.
    if (last !== undefined && last.at >= came) posts[posts.length - 1] = { at: last.at, text: last.text + text };
    else posts.push({ at: last === undefined ? came : Math.max(came, last.at + frameMs), text });
  }
  return posts;
}

/** Finds out of which posts there is anything to see, by what each changes in an answer. */
export async function withSight(browser: Browser, posts: readonly Post[]): Promise<readonly SeenPost[]> {
  const page = await openMarkdownPage(browser);
  const seen = await page.evaluate(
    (texts) => {
      const element = document.createElement("div");
      const streamed = new panelMarkdown.StreamedMarkdown(element, { heal: true });
      const observer = new MutationObserver(() => {});
      observer.observe(element, { subtree: true, childList: true, characterData: true });
      let whole = "";
      return texts.map((text) => {
        whole += text;
        streamed.update(whole, true);
        return observer.takeRecords().length > 0;
      });
    },
    posts.map(({ text }) => text),
  );
  await page.close();
  return posts.map((post, index) => ({ ...post, isSeen: seen[index] ?? true }));
}
