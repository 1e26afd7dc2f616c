import type { SessionStart } from "../../src/chat/restore-session.ts";
import type { SessionStore } from "../../src/chat/session-options.ts";
import { createSession } from "./create-session.ts";
import { fakeTool } from "./fake-tool.ts";
import { messageStop, modelError, ScriptedModel, textBlock, toolBlock, usage } from "./scripted-model.ts";

export const says = (...texts: readonly string[]) => [...textBlock(0, ...texts), messageStop("end_turn"), usage(5, 6)];
const calls = (id: string) => [
  ...textBlock(0, 'Let me look, "ä😀" '),
  ...toolBlock(1, id, "act", '{"a":', '"b"}'),
  messageStop("tool_use"),
  usage(3, 4),
];

/**
 * Five turns as a session keeps them: calls, approvals, queued and steering prompts, a failure, a rewind, a title.
 * @param life makes the ids of the calls others where a session is played on
 */
export async function playWrittenSession(start: SessionStart, store: SessionStore, life = ""): Promise<void> {
  const act = fakeTool("act", () => ({
    effect: "execute",
    run: async () => ({ content: [{ text: "done" }], title: "Did it" }),
  }));
  const model = new ScriptedModel(
    calls(`t1${life}`),
    calls(`t2${life}`),
    says("1", "one"),
    says("2"),
    [modelError("validation")],
    says("3"),
    says("4"),
  );
  const { session } = createSession(model, { start, store, tools: () => [act] });
  session.queue.clear();
  session.subscribe((event) => {
    if (event.type !== "tool-awaiting-approval") return;
    const { id, digest } = event.request;
    if (id === `t1${life}`) session.queue.add({ text: "steer ☂", attachments: [] }, "steer");
    queueMicrotask(() => session.answer({ id, digest, decision: { kind: "allow" } }));
  });
  const first = session.send({ text: "one", attachments: [] });
  session.queue.add({ text: "two", attachments: [] }, "queue");
  await first;
  await session.settled();
  for (const text of ["fails", "three", "four"]) await session.send({ text, attachments: [] });
  session.edits.entitle("A title", null);
  session.edits.rewind(session.chat.past.at(-1)?.id ?? "");
}
