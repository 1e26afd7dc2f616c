/** Shorter values are words of everyday text, and would be taken out of every sentence. */
const leastLength = 6;

const variables = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_BEARER_TOKEN_BEDROCK"] as const;

interface SecretSettings {
  readonly requestHeaders?: unknown;
  readonly headerSecrets?: readonly string[];
  /** What is known of stored keys and of credentials that were resolved. */
  readonly identity?: { secrets(): readonly string[] };
}

/**
 * What in the settings and in the environment is secret, whatever it looks like: the one place that `redact` and the log
 * are told by. The words behind a scheme such as `Bearer` count by themselves too, since gateways repeat them without it.
 */
export function secretsOf(
  { requestHeaders, headerSecrets = [], identity }: SecretSettings,
  environment: NodeJS.ProcessEnv,
): readonly string[] {
  const keys = variables.flatMap((name) => environment[name] ?? []);
  const headers = Object.values(requestHeaders ?? {}).filter((value) => typeof value === "string");
  const values = headers.flatMap((value) => [value, ...value.split(" ").slice(1)]);
  return [...new Set([...values, ...headerSecrets, ...keys, ...(identity?.secrets() ?? [])])]
    .filter((value) => value.length >= leastLength)
    .sort((a, b) => b.length - a.length);
}
