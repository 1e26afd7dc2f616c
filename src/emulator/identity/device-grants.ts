import { randomBytes, randomUUID } from "node:crypto";
import type { IdentityWorld } from "./identity-world.ts";

export interface OidcClient {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

export interface DeviceGrant {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly clientId: string;
  readonly expiresAt: number;
  state: "pending" | "approved" | "denied" | "used";
  /** Seconds that must pass between two polls; each one that comes too early adds five (RFC 8628, 3.5). */
  interval: number;
  lastPoll: number;
}

interface SsoToken {
  readonly clientId: string;
  readonly expiresAt: number;
}

const deviceSeconds = 600;
const clientSeconds = 90 * 86_400;

/** Clients, device authorizations and tokens of IAM Identity Center, and what the person at the browser does. */
export class DeviceGrants {
  readonly #world: IdentityWorld;
  readonly #clients = new Map<string, OidcClient>();
  readonly #devices = new Map<string, DeviceGrant>();
  readonly #tokens = new Map<string, SsoToken>();
  readonly #refreshTokens = new Map<string, string>();

  constructor(world: IdentityWorld) {
    this.#world = world;
  }

  register(scopes: readonly string[]): OidcClient {
    const client: OidcClient = {
      clientId: randomBytes(16).toString("base64url"),
      clientSecret: newToken("client-secret"),
      scopes,
      expiresAt: this.#world.now + clientSeconds * 1_000,
    };
    this.#clients.set(client.clientId, client);
    return client;
  }

  client(clientId: unknown, clientSecret: unknown): OidcClient | undefined {
    const client = typeof clientId === "string" ? this.#clients.get(clientId) : undefined;
    const counts = client !== undefined && client.clientSecret === clientSecret && client.expiresAt > this.#world.now;
    return counts ? client : undefined;
  }

  begin(clientId: string): DeviceGrant & { readonly expiresIn: number } {
    const letters = randomBytes(8).toString("hex").toUpperCase();
    const grant: DeviceGrant = {
      deviceCode: randomUUID(),
      userCode: `${letters.slice(0, 4)}-${letters.slice(4, 8)}`,
      clientId,
      expiresAt: this.#world.now + deviceSeconds * 1_000,
      state: "pending",
      interval: 1,
      lastPoll: 0,
    };
    this.#devices.set(grant.deviceCode, grant);
    return { ...grant, expiresIn: deviceSeconds };
  }

  device(deviceCode: unknown): DeviceGrant | undefined {
    return typeof deviceCode === "string" ? this.#devices.get(deviceCode) : undefined;
  }

  /** User codes that wait for the person at the browser. */
  get waiting(): readonly string[] {
    return [...this.#devices.values()].flatMap(({ state, userCode }) => (state === "pending" ? [userCode] : []));
  }

  /** The person at the browser answers. */
  answer(userCode: string, state: "approved" | "denied"): void {
    for (const grant of this.#devices.values()) if (grant.userCode === userCode) grant.state = state;
  }

  issue({ clientId, scopes }: OidcClient): { readonly accessToken: string; readonly refreshToken?: string } {
    const accessToken = newToken("sso-access");
    this.#tokens.set(accessToken, { clientId, expiresAt: this.#world.now + this.#world.options.tokenSeconds * 1_000 });
    if (!scopes.includes("sso:account:access")) return { accessToken };
    const refreshToken = newToken("sso-refresh");
    this.#refreshTokens.set(refreshToken, clientId);
    return { accessToken, refreshToken };
  }

  /** A refresh token counts once. */
  takeRefreshToken(token: unknown, clientId: string): boolean {
    if (typeof token !== "string" || this.#refreshTokens.get(token) !== clientId) return false;
    return this.#refreshTokens.delete(token);
  }

  holds(accessToken: string | undefined): boolean {
    const token = accessToken === undefined ? undefined : this.#tokens.get(accessToken);
    return token !== undefined && token.expiresAt > this.#world.now;
  }

  /** The administrator ends every session. */
  revoke(): void {
    this.#tokens.clear();
    this.#refreshTokens.clear();
  }
}

/** Tells by its beginning what it is, in a log or a test that it must not be found in. */
function newToken(kind: string): string {
  return `${kind}-${randomBytes(24).toString("base64url")}`;
}
