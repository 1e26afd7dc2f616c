import {
  AuthorizationPendingException,
  CreateTokenCommand,
  type CreateTokenCommandOutput,
  RegisterClientCommand,
  SlowDownException,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from "@aws-sdk/client-sso-oidc";
import type { Timing } from "../../agent/timing.ts";
import type { NetworkSettings } from "../network/network-settings.ts";
import type { SsoSession } from "./aws-profile.ts";
import { serviceClient } from "./service-client.ts";
import { type SsoToken, writeSsoToken } from "./sso-token.ts";

const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";
/** RFC 8628, 3.2 and 3.5: what holds where the server names no interval, and what a `slow_down` adds to it. */
const defaultIntervalSeconds = 5;
const slowerBySeconds = 5;

/** What the user confirms at the browser. */
export interface DeviceCode {
  readonly userCode: string;
  /** The page, with the code in it. */
  readonly address: string;
}

export interface SignInParts {
  /** Shows the code and opens the page; resolves with whether the user goes on. */
  readonly confirm: (code: DeviceCode) => Promise<boolean>;
  readonly timing: Pick<Timing, "now" | "wait">;
  readonly signal: AbortSignal;
  readonly network?: NetworkSettings | undefined;
  /** The profile that was chosen, whose `ca_bundle` counts. */
  readonly profile?: string | undefined;
  /** Told of every secret that comes up, before anything can fail with it. */
  readonly onSecret: (secret: string) => void;
}

/**
 * Signs in to IAM Identity Center by the device flow, without a port on this machine, and keeps the token where the CLI
 * and the SDK look for it. False where the user does not go on. Rejects with what AWS said, and with the signal's reason.
 */
export async function signInToSso(session: SsoSession, parts: SignInParts): Promise<boolean> {
  // There are no endpoints of it with FIPS in their names (`without-fips.ts`).
  const client = new SSOOIDCClient({
    ...serviceClient(parts.network, parts.profile),
    region: session.region,
    useFipsEndpoint: false,
  });
  const options = { abortSignal: parts.signal };
  try {
    const registered = await client.send(
      new RegisterClientCommand({
        clientName: "Outcrop",
        clientType: "public",
        ...(session.scopes.length > 0 && {
          scopes: [...session.scopes],
          grantTypes: [deviceGrant, "refresh_token"],
        }),
      }),
      options,
    );
    const { clientId, clientSecret, clientSecretExpiresAt = 0 } = registered;
    if (clientSecret !== undefined) parts.onSecret(clientSecret);
    const identity = { clientId, clientSecret };
    const { startUrl } = session;
    const device = await client.send(new StartDeviceAuthorizationCommand({ ...identity, startUrl }), options);
    const address = device.verificationUriComplete ?? device.verificationUri ?? "";
    if (!(await parts.confirm({ userCode: device.userCode ?? "", address }))) return false;
    const ask = (): Promise<CreateTokenCommandOutput> =>
      client.send(
        new CreateTokenCommand({ ...identity, grantType: deviceGrant, deviceCode: device.deviceCode }),
        options,
      );
    const token = toToken(await poll(ask, device.interval ?? defaultIntervalSeconds, parts), parts);
    const registrationExpiresAt = isoTime(clientSecretExpiresAt * 1_000);
    await writeSsoToken(session.id, {
      startUrl,
      region: session.region,
      ...token,
      clientId,
      clientSecret,
      registrationExpiresAt,
    });
    return true;
  } finally {
    client.destroy();
  }
}

/** Asks until the user has answered at the browser. AWS ends it when the code is too old. */
async function poll(
  ask: () => Promise<CreateTokenCommandOutput>,
  intervalSeconds: number,
  { timing, signal }: SignInParts,
): Promise<CreateTokenCommandOutput> {
  for (let seconds = intervalSeconds; ; ) {
    await timing.wait(seconds * 1_000, signal);
    try {
      return await ask();
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof SlowDownException) seconds += slowerBySeconds;
      else if (!(error instanceof AuthorizationPendingException)) throw error;
    }
  }
}

function toToken(
  { accessToken, refreshToken, expiresIn }: CreateTokenCommandOutput,
  { timing, onSecret }: SignInParts,
): Pick<SsoToken, "accessToken" | "expiresAt" | "refreshToken"> {
  if (!accessToken || expiresIn === undefined) throw new Error("IAM Identity Center returned no token.");
  onSecret(accessToken);
  if (refreshToken !== undefined) onSecret(refreshToken);
  const expiresAt = isoTime(timing.now() + expiresIn * 1_000);
  return { accessToken, expiresAt, ...(refreshToken !== undefined && { refreshToken }) };
}

/** The CLI reads times without fractions of a second. */
function isoTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
