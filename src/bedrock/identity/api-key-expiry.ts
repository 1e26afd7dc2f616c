const shortTerm = /^bedrock-api-key-([A-Za-z0-9+/=_-]+)$/u;

/**
 * When a short-term API key ends: it is a presigned URL in base64. Undefined for a long-term key, which does not tell.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-how.html
 */
export function apiKeyExpiry(apiKey: string): Date | undefined {
  const encoded = shortTerm.exec(apiKey)?.[1];
  if (encoded === undefined) return undefined;
  const query = new URLSearchParams(Buffer.from(encoded, "base64").toString("utf8").split("?")[1] ?? "");
  const iso = (query.get("X-Amz-Date") ?? "").replace(
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/u,
    "$1-$2-$3T$4:$5:$6Z",
  );
  const end = Date.parse(iso) + Number(query.get("X-Amz-Expires") ?? Number.NaN) * 1_000;
  return Number.isNaN(end) ? undefined : new Date(end);
}
