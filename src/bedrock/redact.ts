interface Secret {
  readonly looks: RegExp;
  readonly becomes: string;
}

/** What a secret looks like in the texts of AWS, of gateways and of proxies. */
const secrets: readonly Secret[] = [
  { looks: /(\/\/)[^\s/@]+:[^\s/@]*@/gu, becomes: "$1[redacted]@" },
  { looks: /\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{6,}/giu, becomes: "$1 [redacted]" },
  { looks: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}/gu, becomes: "[redacted]" },
  {
    looks: /\b(?:ABSK[A-Za-z0-9+/]{16,}=*|bedrock-api-key-[A-Za-z0-9+/_-]+=*|sk-[A-Za-z0-9_-]{8,})/gu,
    becomes: "[redacted]",
  },
  // How session tokens of STS begin: "origin" or "aws" in base64.
  { looks: /\b(?:IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz)[A-Za-z0-9+/=_-]{40,}/gu, becomes: "[redacted]" },
  { looks: /\beyJ[\w-]+\.[\w-]+\.[\w-]*/gu, becomes: "[redacted]" },
  {
    looks:
      /((?:secret[ _-]?(?:access[ _-]?)?key|(?:session|security|access|refresh|id)[ _-]?token|api[ _-]?key|password|authorization|(?:x-amz-)?signature|x-amz-credential)["']?\s*[:=]\s*["']?)(?!\[redacted\]|Bearer \[|Basic \[|AWS4-HMAC)[^\s"',;&<>]+/giu,
    becomes: "$1[redacted]",
  },
  // A secret access key standing alone: forty characters of base64 with all three kinds of them.
  {
    looks:
      /(?<![A-Za-z0-9/+=])(?=[A-Za-z0-9/+]*[A-Z])(?=[A-Za-z0-9/+]*[a-z])(?=[A-Za-z0-9/+]*\d)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/gu,
    becomes: "[redacted]",
  },
];

/**
 * The text without access keys, tokens, passwords and signatures, so that it can be shown, logged and copied. `known`:
 * secrets that need not look like one, those that hold others first (`secretsOf`).
 */
export function redact(text: string, known: readonly string[] = []): string {
  const rest = known.reduce((left, secret) => left.replaceAll(secret, "[redacted]"), text);
  return secrets.reduce((left, { looks, becomes }) => left.replace(looks, becomes), rest);
}
