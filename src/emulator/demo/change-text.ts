import { type Ask, answer, explain, fence, needs, type Progress } from "./progress.ts";
import { parseReadResult } from "./tool-results.ts";
import type { Wish } from "./wishes.ts";

type Change = Extract<Wish, { kind: "change" }>;

/** Edits a file if there is a tool for it; else shows the change as a diff and says that nothing was changed. */
export function changeText(wish: Change, ask: Ask, toolNames: ReadonlySet<string>): Progress {
  return toolNames.has("edit_file") ? edit(wish, ask) : propose(wish, ask);
}

function edit({ from, to, path }: Change, ask: Ask): Progress {
  const call = { name: "edit_file", input: { path, edits: [{ old_text: from, new_text: to }] } };
  const outcome = ask(call);
  if (outcome === undefined) {
    return needs("act", `I change \`${from}\` to \`${to}\` in \`${path}\`.`, call);
  }
  return outcome.kind === "succeeded"
    ? answer(`Done: in \`${path}\`, \`${from}\` is now \`${to}\`.`)
    : explain(outcome, call, `change \`${path}\``);
}

function propose({ from, to, path }: Change, ask: Ask): Progress {
  const call = { name: "read_file", input: { path } };
  const outcome = ask(call);
  if (outcome === undefined) {
    return needs("read", `Let me read \`${path}\`.`, call);
  }
  if (outcome.kind !== "succeeded") {
    return explain(outcome, call, `show the change in \`${path}\``);
  }
  const changed = parseReadResult(outcome.text).lines.filter(({ text }) => text.includes(from));
  if (changed.length === 0) {
    return answer(`\`${from}\` does not occur in what I read of \`${path}\`, so there is nothing to change.`);
  }
  const hunks = changed.flatMap(({ number, text }) => [
    `@@ -${number} +${number} @@`,
    `-${text}`,
    `+${text.replaceAll(from, to)}`,
  ]);
  return answer(
    "There is no tool to edit files in this chat, so nothing was changed. The change would be:",
    fence("diff", [`--- a/${path}`, `+++ b/${path}`, ...hunks].join("\n")),
  );
}
