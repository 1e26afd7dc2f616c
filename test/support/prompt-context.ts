import assert from "node:assert/strict";
import { ToolError } from "../../src/agent/tool.ts";
import type { PromptAttachment } from "../../src/chat/prompt.ts";
import type { ContextReference, ImplicitContext } from "../../src/protocol/attachment.ts";
import type { GatheredContext } from "../../src/tools/context/read-context.ts";
import type { Chip, KeptChip } from "../../src/vscode/context/kept-chips.ts";
import { PromptContext } from "../../src/vscode/context/prompt-context.ts";
import type { PromptContextOptions } from "../../src/vscode/context/prompt-context-options.ts";

/** What goes with the next prompt of a chat: nothing comes along unasked, nothing is kept, and every model takes it, unless told otherwise. */
export function testPromptContext(options: Partial<PromptContextOptions>): PromptContext {
  return new PromptContext({
    gather: async () => [],
    implicit: { current: undefined, toggle: () => undefined, gather: async () => [] },
    attendants: async () => [],
    refusal: () => undefined,
    reasonOf: () => undefined,
    memory: { load: async () => [], save: () => undefined },
    onChange: () => undefined,
    report: (error) => assert.fail(String(error)),
    ...options,
  });
}

export interface PromptScene {
  readonly refusal?: string;
  readonly active?: readonly PromptAttachment[];
  readonly suggested?: ImplicitContext;
  /** By a window before. */
  readonly kept?: readonly KeptChip[];
}

/** Reading ends when the test says so. */
export function openPromptContext({ refusal, active = [], suggested, kept = [] }: PromptScene = {}) {
  let saved: readonly Chip[] = [];
  const reading = new Map<string, PromiseWithResolvers<readonly GatheredContext[]>>();
  let changes = 0;
  const reports: unknown[] = [];
  const context = testPromptContext({
    gather: (reference) => {
      const read = Promise.withResolvers<readonly GatheredContext[]>();
      reading.set(JSON.stringify(reference), read);
      return read.promise;
    },
    implicit: { current: suggested, toggle: () => undefined, gather: async () => active },
    attendants: async (text) =>
      text.startsWith("/init") ? [{ id: "p", kind: "prompt", label: "/init", text: "Write.", language: "" }] : [],
    memory: {
      load: async () => kept,
      save: (next) => {
        saved = next;
      },
    },
    refusal: (kind) => (kind === "image" ? refusal : undefined),
    reasonOf: (error) => (error instanceof ToolError ? error.message : undefined),
    onChange: () => changes++,
    report: (error) => reports.push(error),
  });
  const reader = (reference: ContextReference) => {
    const read = reading.get(JSON.stringify(reference));
    assert.ok(read !== undefined);
    return read;
  };
  return { context, reader, reports, changes: () => changes, saved: () => saved };
}

export const file = (path: string): ContextReference => ({ kind: "file", path });
export const gathered = (label: string, text = label): GatheredContext => ({
  kind: "file",
  label,
  path: label,
  text,
  language: "",
});
