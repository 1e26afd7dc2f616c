import { createHash } from "node:crypto";
import type { ModelRequest } from "../../agent/model.ts";

/** A part of a prompt, in the order in which Bedrock caches: the tools, the system prompt, then each message. */
export interface PromptSegment {
  readonly kind: "tools" | "system" | "message";
  readonly hash: string;
}

/** The request in parts that can be told apart from those of another one. */
export function promptSegments({ toolConfig, system, messages }: ModelRequest): readonly PromptSegment[] {
  return [
    { kind: "tools", hash: hashOf(toolConfig?.tools) },
    { kind: "system", hash: hashOf(system) },
    ...(messages ?? []).map((message): PromptSegment => ({ kind: "message", hash: hashOf(message) })),
  ];
}

function hashOf(value: unknown): string {
  const text = JSON.stringify(value ?? null, (_key, member: unknown) =>
    member instanceof Uint8Array ? Buffer.from(member).toString("base64") : member,
  );
  return createHash("sha256").update(text).digest("base64");
}
