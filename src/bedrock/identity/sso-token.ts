import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { getSSOTokenFilepath } from "@smithy/core/config";
import * as z from "zod";

/**
 * A token of IAM Identity Center as the AWS CLI and the SDKs keep it in `~/.aws/sso/cache`. Times are ISO 8601.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
 */
const ssoToken = z.looseObject({
  accessToken: z.string().min(1),
  expiresAt: z.string().min(1),
  refreshToken: z.string().min(1).optional(),
  clientId: z.string().optional(),
  clientSecret: z.string().optional(),
  registrationExpiresAt: z.string().optional(),
  region: z.string().optional(),
  startUrl: z.string().optional(),
});
export type SsoToken = z.infer<typeof ssoToken>;

/** Of a session's name or a start URL. Undefined where nobody has signed in, or the file holds something else. */
export async function readSsoToken(id: string): Promise<SsoToken | undefined> {
  try {
    return ssoToken.parse(JSON.parse(await readFile(getSSOTokenFilepath(id), "utf8")));
  } catch {
    return undefined;
  }
}

/** How long a token serves. */
export interface TokenLife {
  readonly until: Date;
  /** The SDK gets another one by itself, while AWS lets it. */
  readonly renews: boolean;
}

/** Undefined where nobody has signed in. */
export async function readTokenLife(id: string): Promise<TokenLife | undefined> {
  const token = await readSsoToken(id);
  const until = new Date(token?.expiresAt ?? "");
  if (token === undefined || Number.isNaN(until.getTime())) return undefined;
  const { refreshToken, clientId, clientSecret, registrationExpiresAt } = token;
  const isRegistered = registrationExpiresAt === undefined || Date.parse(registrationExpiresAt) > Date.now();
  return { until, renews: Boolean(refreshToken && clientId && clientSecret) && isRegistered };
}

/** Where the CLI and the SDK find it, for the user alone. A reader sees the old file or the new one, never half of one. */
export async function writeSsoToken(id: string, token: SsoToken): Promise<void> {
  const file = getSSOTokenFilepath(id);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, JSON.stringify(token, undefined, 2), { mode: 0o600, flag: "wx" });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
