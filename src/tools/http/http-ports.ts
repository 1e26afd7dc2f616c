import type { FindSecret } from "./headers.ts";
import type { HttpClient } from "./http-client.ts";
import type { IdempotencyKeys } from "./idempotency-keys.ts";
import type { TurnCache } from "./turn-cache.ts";

/** What the HTTP tools of one session share. */
export interface HttpPorts {
  readonly client: HttpClient;
  /** Undefined where there is no secret of that name. What is found is masked from then on. */
  readonly findSecret: FindSecret;
  readonly keys: IdempotencyKeys;
  readonly cache: TurnCache;
}
