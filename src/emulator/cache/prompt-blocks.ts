import { createHash } from "node:crypto";
import { countTokens } from "../reply/count-tokens.ts";
import type { CachePoint, ConverseRequest } from "../validation/request-shape.ts";

/** A prompt up to the end of one of its blocks. */
export interface Prefix {
  /** Of every byte before it, cache points left out. */
  readonly hash: string;
  readonly tokens: number;
}

export interface MarkedPrompt {
  /** One for each block, in the order in which Bedrock reads the prompt: tools, system, messages. */
  readonly prefixes: readonly Prefix[];
  /** A cache point stands behind the block of this index. */
  readonly points: readonly { readonly block: number; readonly ttl: "5m" | "1h" }[];
}

/**
 * The prompt as a row of blocks. What changes how the messages are read (thinking, a forced tool) is a part of their
 * prefix, and none of the tools' or the system prompt's.
 */
export function markedPrompt(request: ConverseRequest): MarkedPrompt {
  const hash = createHash("sha256");
  const prefixes: Prefix[] = [];
  const points: MarkedPrompt["points"][number][] = [];
  let tokens = 0;
  const take = (block: { readonly cachePoint?: CachePoint | undefined }, place: string): void => {
    if (block.cachePoint !== undefined) {
      if (prefixes.length > 0) points.push({ block: prefixes.length - 1, ttl: block.cachePoint.ttl ?? "5m" });
      return;
    }
    const bytes = JSON.stringify(block);
    tokens += countTokens(bytes);
    hash.update(`${place}${bytes}\n`);
    prefixes.push({ hash: hash.copy().digest("hex"), tokens });
  };
  for (const tool of request.toolConfig?.tools ?? []) take(tool, "tool ");
  for (const block of request.system ?? []) take(block, "system ");
  hash.update(JSON.stringify([request.toolConfig?.toolChoice, request.additionalModelRequestFields]));
  for (const { role, content } of request.messages ?? []) for (const block of content) take(block, `${role} `);
  return { prefixes, points };
}
