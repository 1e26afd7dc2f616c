import type { Tool } from "../../agent/tool.ts";
import { createHttpTool } from "./create-http-tool.ts";
import type { FindSecret } from "./headers.ts";
import type { HttpClient } from "./http-client.ts";
import type { HttpToolDefinition } from "./http-tool-definition.ts";
import { IdempotencyKeys, type OpenWrites } from "./idempotency-keys.ts";
import { TurnCache } from "./turn-cache.ts";

export interface HttpToolsOptions {
  readonly client: HttpClient;
  readonly findSecret: FindSecret;
  readonly openWrites: OpenWrites;
}

/** Makes the tools of one session out of definitions; what they remember of it stays when the definitions change. */
export function createHttpTools({ client, findSecret, openWrites }: HttpToolsOptions) {
  const ports = { client, findSecret, keys: new IdempotencyKeys(openWrites), cache: new TurnCache() };
  return (definitions: readonly HttpToolDefinition[]): readonly Tool[] =>
    definitions.map((definition) => createHttpTool(definition, ports));
}
