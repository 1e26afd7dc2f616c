/** A tool call of the demo model. */
export interface ToolCall {
  readonly name: string;
  readonly input: Record<string, string | number | boolean | Record<string, string>[]>;
}

/** What became of a call. `unavailable`: the request offers no such tool. */
export interface ToolOutcome {
  readonly kind: "succeeded" | "failed" | "denied" | "unavailable";
  readonly text: string;
}

/** The outcome of a call in this turn, `undefined` when it has not been made yet. */
export type Ask = (call: ToolCall) => ToolOutcome | undefined;

/** How far one wish of the prompt has come: it needs calls, or its part of the answer is ready. */
export type Progress =
  | {
      readonly kind: "calls";
      /** One short sentence before the calls. */
      readonly say: string;
      readonly calls: readonly ToolCall[];
      /** Reads are made first and together. */
      readonly effect: "read" | "act";
    }
  | { readonly kind: "answer"; readonly text: string };

export function needs(effect: "read" | "act", say: string, ...calls: readonly ToolCall[]): Progress {
  return { kind: "calls", say, calls, effect };
}

export function answer(...paragraphs: readonly string[]): Progress {
  return { kind: "answer", text: paragraphs.filter((paragraph) => paragraph !== "").join("\n\n") };
}

/** What to say when a call did not succeed. `wanted` completes "so I cannot …". */
export function explain(outcome: ToolOutcome, call: ToolCall, wanted: string): Progress {
  switch (outcome.kind) {
    case "denied":
      return answer(`You skipped \`${call.name}\`, so I cannot ${wanted}.${reason(outcome.text)}`);
    case "unavailable":
      return answer(`There is no \`${call.name}\` tool in this chat, so I cannot ${wanted}.`);
    case "failed":
    case "succeeded":
      return answer(`\`${call.name}\` failed, so I cannot ${wanted}. It said:`, fence("text", outcome.text));
  }
}

/** A code block that survives fences in its content. */
export function fence(language: string, content: string): string {
  const longest = Math.max(2, ...(content.match(/`+/gu) ?? []).map((ticks) => ticks.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${language}\n${content.replace(/\n+$/u, "")}\n${ticks}`;
}

function reason(text: string): string {
  const given = /(?:says|reason):\s*(.+)/iu.exec(text)?.[1];
  return given === undefined ? "" : ` You said: ${given}`;
}
