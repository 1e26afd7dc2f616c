import type { Message } from "@aws-sdk/client-bedrock-runtime";
import type { Model } from "../../src/agent/model.ts";
import { createSession } from "../support/create-session.ts";
import { fakeTool } from "../support/fake-tool.ts";

export interface FuzzedTurn {
  readonly messages: readonly Message[];
  /** How often a tool ran. */
  readonly runs: number;
  /** What was reported as a bug of ours. */
  readonly reports: readonly unknown[];
}

/** One turn of a real session with the tools that the fuzzed streams name; every approval is granted. */
export async function playFuzzedTurn(model: Model): Promise<FuzzedTurn> {
  let runs = 0;
  const tools = (["read", "execute"] as const).map((effect) =>
    fakeTool(effect === "read" ? "look" : "act", () => ({
      effect,
      run: async () => {
        runs++;
        return { content: [{ text: "done" }], title: "Did it" };
      },
    })),
  );
  const { session, stored, reports } = createSession(model, {
    tools: () => tools,
    settings: () => ({
      connection: { kind: "demo" },
      maxSteps: 3,
      limits: { retries: 0, longestWaitMs: 0 },
      compaction: "automatic",
    }),
  });
  session.subscribe((event) => {
    if (event.type !== "tool-awaiting-approval") return;
    const { id, digest } = event.request;
    queueMicrotask(() => session.answer({ id, digest, decision: { kind: "allow" } }));
  });
  await session.send({ text: "Go.", attachments: [] });
  return { messages: stored.messages, runs, reports };
}
