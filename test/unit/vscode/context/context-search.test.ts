import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { ToWebview } from "../../../../src/protocol/panel-messages.ts";
import { FileFinder } from "../../../../src/tools/context/find-files.ts";
import type { CodeSymbol, Language, LanguageAnswer } from "../../../../src/tools/language/language.ts";
import { ContextSearch } from "../../../../src/vscode/context/context-search.ts";
import { fixedWorkspace } from "../../../support/fixed-workspace.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { testPolicy } from "../../../support/test-policy.ts";
import { writeTree } from "../../../support/write-tree.ts";

/** Symbols are answered when the test says so. */
async function open(context: TestContext) {
  const root = await temporaryFolder(context);
  await writeTree(root, { "src/retry.ts": "", id_rsa: "" });
  const workspace = fixedWorkspace([root]);
  const asked = new Map<string, PromiseWithResolvers<LanguageAnswer<CodeSymbol>>>();
  const workspaceSymbols: Language["workspaceSymbols"] = (query) => {
    const answer = Promise.withResolvers<LanguageAnswer<CodeSymbol>>();
    asked.set(query, answer);
    return answer.promise;
  };
  const finder = new FileFinder({
    ...{ workspace, findRipgrep: async () => undefined, excluded: () => [], openFiles: () => [], now: () => 0 },
  });
  const none = async (): Promise<never> => assert.fail("not asked");
  const language = { workspaceSymbols, readText: none, documentSymbols: none, references: none, definitions: none };
  const search = new ContextSearch({ files: finder, language, folders: () => workspace.folders() });
  const posts: string[] = [];
  const post = (message: ToWebview): void => {
    if (message.type !== "context-found") return;
    posts.push(`${message.query}${message.isComplete ? "" : "…"} ${message.items.map(({ label }) => label).join(" ")}`);
  };
  const { policy } = testPolicy({ folders: [root] });
  const symbol = (name: string, file: string): CodeSymbol => ({
    ...{ name, kind: "function", container: "", depth: 0 },
    place: { path: join(root, file), isOnDisk: true, line: 3, endLine: 9, start: 0 },
  });
  const answer = (query: string, ...found: readonly CodeSymbol[]): void => {
    asked.get(query)?.resolve({ kind: "answered", found });
  };
  const until = async (query: string): Promise<void> => {
    while (!asked.has(query)) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    ask: (query: number, text: string) => search.answer(query, text, policy.files, post),
    posts,
    symbol,
    answer,
    until,
  };
}

test("UX21 files are told at once, symbols when their language has answered, nearest names first", async (context) => {
  const { ask, posts, symbol, answer, until } = await open(context);
  const answered = ask(1, "retry");
  await until("retry");
  answer("retry", symbol("doRetryNow", "src/retry.ts"), symbol("retry", "src/retry.ts"), symbol("retry", "id_rsa"));
  await answered;
  assert.deepEqual(posts, ["1… retry.ts", "1 retry.ts retry doRetryNow"]);
});

test("UX21 a later query ends an earlier one, whose symbols are told no more", async (context) => {
  const { ask, posts, symbol, answer, until } = await open(context);
  const first = ask(1, "re");
  await until("re");
  const second = ask(2, "ret");
  await until("ret");
  answer("re", symbol("render", "src/retry.ts"));
  answer("ret", symbol("retry", "src/retry.ts"));
  await Promise.all([first, second]);
  assert.deepEqual(posts, ["1… retry.ts", "2… retry.ts", "2 retry.ts retry"]);
});

test("UX21 languages are not asked about a single letter or a path", async (context) => {
  const { ask, posts } = await open(context);
  await ask(1, "r");
  await ask(2, "src/re");
  assert.deepEqual(posts, ["1 retry.ts src", "2 retry.ts"]);
});
