import type { Attempt } from "./attempt-log.ts";
import { type Mask, maskOf, maskTexts } from "./mask-attempt.ts";
import { baseUrl, requestBody, signedRegion } from "./read-attempt.ts";

export type Shell = "posix" | "powershell";

/**
 * The same request for the AWS command line, version 2. It has no `converse-stream`: "The AWS CLI doesn't support streaming
 * operations in Amazon Bedrock" (API reference of ConverseStream), so that the answer comes whole. Undefined where no request
 * was sent. Identity is the caller's own: no key is in it.
 */
export function toCliCommand(attempt: Attempt, mask: Mask, shell: Shell = "posix"): string | undefined {
  const url = baseUrl(attempt);
  const body = requestBody(attempt);
  if (url === undefined || typeof body !== "object" || body === null) return undefined;
  const { profile, authentication, endpoint } = attempt.settings;
  const region = signedRegion(attempt) ?? attempt.settings.region;
  const masked = maskOf(attempt, mask);
  const input = maskTexts({ modelId: attempt.modelId, ...withoutStreaming(body) }, masked);
  const options: readonly (readonly [name: string, value?: string | undefined])[] = [
    ...(region === undefined ? [] : [["--region", region] as const]),
    ...(profile === undefined ? [] : [["--profile", profile] as const]),
    ...(endpoint === undefined ? [] : [["--endpoint-url", masked(url)] as const]),
    ...(authentication === "none" ? [["--no-sign-request"] as const] : []),
    ["--cli-input-json", JSON.stringify(input)],
  ];
  const written = options.map(([name, value]) => (value === undefined ? name : `${name} ${quote(value, shell)}`));
  const next = shell === "posix" ? " \\\n  " : " `\n  ";
  return ["aws bedrock-runtime converse", ...written].join(next);
}

/** `Converse` has no such member. */
function withoutStreaming(body: object): object {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]: [string, unknown]) => {
      if (name !== "guardrailConfig" || typeof value !== "object" || value === null) return [name, value];
      return [name, Object.fromEntries(Object.entries(value).filter(([key]) => key !== "streamProcessingMode"))];
    }),
  );
}

/** Between single quotes nothing has a meaning in either shell; a quote itself is written in the shell's own way. */
function quote(value: string, shell: Shell): string {
  if (/^[\w@%+=:,./-]+$/u.test(value)) return value;
  return shell === "posix" ? `'${value.replaceAll("'", "'\\''")}'` : `'${value.replaceAll("'", "''")}'`;
}
