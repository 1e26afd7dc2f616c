import { createHash } from "node:crypto";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { Identity, type StoredKeys } from "../../src/bedrock/identity/identity.ts";
import { type RunningIdentityServer, startIdentityServer } from "../../src/emulator/identity/identity-server.ts";
import type { HeldCredentials, IdentityWorldOptions } from "../../src/emulator/identity/identity-world.ts";
import { setVariables } from "./set-variables.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { useOwnEnvironment } from "./wire-call.ts";

export const jane: HeldCredentials = {
  accessKeyId: "AKIACANARYJANE000001",
  secretAccessKey: "canary/secret/of/jane/0123456789abcdefgh",
  arn: "arn:aws:iam::111122223333:user/jane",
};
export const john: HeldCredentials = {
  accessKeyId: "AKIACANARYJOHN000001",
  secretAccessKey: "canary/secret/of/john/0123456789abcdefgh",
  arn: "arn:aws:iam::222233334444:user/john",
};
export const mfa = { serial: "arn:aws:iam::111122223333:mfa/jane", code: "123456" };
/** Her keys as a profile of `~/.aws/credentials`, and a role that they may be used for with a code. */
export const plainCredentials = keysOf("plain", jane);
export const mfaRole = `[profile role]\nrole_arn = arn:aws:iam::444455556666:role/careful\nrole_session_name = s\nmfa_serial = ${mfa.serial}\n`;
export const startUrl = "https://example.awsapps.com/start";

/** Two users, the roles that they may assume, and what IAM Identity Center grants. */
export const identityWorld: IdentityWorldOptions = {
  users: [jane, john],
  roles: [
    { arn: "arn:aws:iam::444455556666:role/plain" },
    { arn: "arn:aws:iam::444455556666:role/careful", mfa },
    { arn: "arn:aws:iam::444455556666:role/web", webIdentityToken: "web-token" },
  ],
  assignments: [{ accountId: "777788889999", roleName: "Dev" }],
};

/** Somebody's keys as a profile of `~/.aws/credentials`. */
export function keysOf(profile: string, { accessKeyId, secretAccessKey }: HeldCredentials): string {
  return `[${profile}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
}

export interface IdentityScene {
  readonly services: RunningIdentityServer;
  readonly home: string;
  readonly identity: Identity;
  /** Serial numbers for which a code was asked, in order. */
  readonly askedFor: readonly string[];
  /** What `identity` has told to be masked. */
  readonly secrets: readonly string[];
  writeConfig(text: string): Promise<void>;
  writeCredentials(text: string): Promise<void>;
  /** A token that `aws sso login` would have left behind. */
  writeToken(id: string, token: Readonly<Record<string, unknown>>): Promise<void>;
}

export interface IdentitySceneOptions {
  readonly world?: IdentityWorldOptions;
  readonly stored?: StoredKeys;
  /** What the user answers when asked for a code, one after the other. */
  readonly codes?: readonly (string | undefined)[];
  /** How the user answers, where it is not at once. */
  readonly answer?: (signal: AbortSignal) => Promise<string | undefined>;
}

/** A home folder of its own and the identity services of a local AWS, named by the environment. */
export async function openIdentityScene(
  test: TestContext,
  { stored = {}, codes = [], ...options }: IdentitySceneOptions = {},
): Promise<IdentityScene> {
  const home = await temporaryFolder(test);
  const services = await startIdentityServer({ ...identityWorld, ...options.world });
  test.after(() => services.close());
  useOwnEnvironment();
  test.after(useOwnEnvironment);
  const folder = join(home, ".aws");
  setVariables(test, {
    HOME: home,
    AWS_CONFIG_FILE: join(folder, "config"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
    AWS_ENDPOINT_URL_SSO_OIDC: services.url,
    AWS_ENDPOINT_URL_SSO: services.url,
    AWS_ENDPOINT_URL_STS: services.url,
  });
  await mkdir(join(folder, "sso", "cache"), { recursive: true });
  const askedFor: string[] = [];
  const secrets: string[] = [];
  const answers = [...codes];
  const { answer = async () => answers.shift() } = options;
  const identity = new Identity({
    stored: () => stored,
    askMfaCode: (serial, signal) => {
      askedFor.push(serial);
      return answer(signal);
    },
    onSecret: (secret) => void secrets.push(secret),
  });
  return {
    ...{ services, home, identity, askedFor, secrets },
    writeConfig: (text) => writeFile(join(folder, "config"), text),
    writeCredentials: (text) => writeFile(join(folder, "credentials"), text),
    writeToken: (id, token) =>
      writeFile(
        join(folder, "sso", "cache", `${createHash("sha1").update(id).digest("hex")}.json`),
        JSON.stringify(token),
        {
          mode: 0o600,
        },
      ),
  };
}

/** A program for `credential_process`, by its path. */
export async function writeProgram(home: string, script: string): Promise<string> {
  const file = join(home, "give-credentials");
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o700);
  return file;
}

/** A token that holds, issued by the scene's own Identity Center. */
export function validToken({ services }: IdentityScene): Readonly<Record<string, unknown>> {
  const client = services.grants.register(["sso:account:access"]);
  const { clientId, clientSecret } = client;
  const expiresAt = new Date(services.world.now + 3_600_000).toISOString();
  return { startUrl, region: "eu-central-1", expiresAt, clientId, clientSecret, ...services.grants.issue(client) };
}

export const ssoConfig = `[profile work]
sso_session = corp
sso_account_id = 777788889999
sso_role_name = Dev
region = eu-central-1
[sso-session corp]
sso_start_url = ${startUrl}
sso_region = eu-west-1
sso_registration_scopes = sso:account:access
`;
