import { wholeResponse } from "../reply/http-error.ts";
import type { EmulatorRequest, ResponseStep } from "../wire/http-exchange.ts";
import type { DeviceGrants } from "./device-grants.ts";

const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

/** What the endpoint must know of its own address. */
export interface OidcPlace {
  readonly grants: DeviceGrants;
  readonly now: () => number;
  readonly tokenSeconds: number;
  /** The page on which the person confirms the code. */
  readonly verificationUri: string;
}

type Body = Readonly<Record<string, unknown>>;

/** RegisterClient, StartDeviceAuthorization and CreateToken of IAM Identity Center; undefined for another path. */
export function ssoOidcResponse(request: EmulatorRequest, place: OidcPlace): readonly ResponseStep[] | undefined {
  const operation = request.method === "POST" ? operations[request.path] : undefined;
  if (operation === undefined) return undefined;
  const body = parseBody(request.body);
  return body === undefined
    ? failure("InvalidRequestException", "invalid_request", "Not JSON")
    : operation(body, place);
}

const operations: Readonly<Record<string, (body: Body, place: OidcPlace) => readonly ResponseStep[]>> = {
  "/client/register": register,
  "/device_authorization": authorize,
  "/token": createToken,
};

function register({ clientName, clientType, scopes }: Body, { grants, now }: OidcPlace): readonly ResponseStep[] {
  if (typeof clientName !== "string" || clientName === "") {
    return failure("InvalidRequestException", "invalid_request", "Client name is missing");
  }
  if (clientType !== "public") {
    return failure("InvalidClientMetadataException", "invalid_client_metadata", "Client type is not supported");
  }
  const wanted = Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === "string") : [];
  const { clientId, clientSecret, expiresAt } = grants.register(wanted);
  return json({
    clientId,
    clientSecret,
    clientIdIssuedAt: Math.floor(now() / 1_000),
    clientSecretExpiresAt: Math.floor(expiresAt / 1_000),
  });
}

function authorize({ clientId, clientSecret, startUrl }: Body, place: OidcPlace): readonly ResponseStep[] {
  const client = place.grants.client(clientId, clientSecret);
  if (client === undefined) return invalidClient();
  if (typeof startUrl !== "string" || !URL.canParse(startUrl)) {
    return failure("InvalidRequestException", "invalid_request", "Invalid start url provided");
  }
  const { deviceCode, userCode, expiresIn, interval } = place.grants.begin(client.clientId);
  const { verificationUri } = place;
  const verificationUriComplete = `${verificationUri}?user_code=${userCode}`;
  return json({ deviceCode, userCode, verificationUri, verificationUriComplete, expiresIn, interval });
}

function createToken(body: Body, place: OidcPlace): readonly ResponseStep[] {
  const client = place.grants.client(body["clientId"], body["clientSecret"]);
  if (client === undefined) return invalidClient();
  const refused =
    body["grantType"] === deviceGrant
      ? refuseDevice(body["deviceCode"], client.clientId, place)
      : refuseRefresh(body, client.clientId, place);
  if (refused !== undefined) return refused;
  return json({ ...place.grants.issue(client), tokenType: "Bearer", expiresIn: place.tokenSeconds });
}

function refuseDevice(
  code: unknown,
  clientId: string,
  { grants, now }: OidcPlace,
): readonly ResponseStep[] | undefined {
  const device = grants.device(code);
  if (device === undefined || device.clientId !== clientId || device.state === "used") {
    return failure("InvalidGrantException", "invalid_grant", "Invalid grant provided");
  }
  if (device.expiresAt <= now()) return failure("ExpiredTokenException", "expired_token", "Device code has expired");
  if (device.state === "denied") return failure("AccessDeniedException", "access_denied", "Access denied");
  if (now() - device.lastPoll < device.interval * 1_000) {
    device.interval += 5;
    device.lastPoll = now();
    return failure("SlowDownException", "slow_down", "Slow down");
  }
  device.lastPoll = now();
  if (device.state === "pending") return failure("AuthorizationPendingException", "authorization_pending", "Pending");
  device.state = "used";
  return undefined;
}

function refuseRefresh(body: Body, clientId: string, { grants }: OidcPlace): readonly ResponseStep[] | undefined {
  if (body["grantType"] !== "refresh_token") {
    return failure("UnsupportedGrantTypeException", "unsupported_grant_type", "Grant type is not supported");
  }
  return grants.takeRefreshToken(body["refreshToken"], clientId)
    ? undefined
    : failure("InvalidGrantException", "invalid_grant", "Invalid refresh token provided");
}

function invalidClient(): readonly ResponseStep[] {
  return failure("InvalidClientException", "invalid_client", "Invalid client provided", 401);
}

function failure(type: string, error: string, description: string, status = 400): readonly ResponseStep[] {
  const headers = { "content-type": "application/json", "x-amzn-errortype": type };
  return wholeResponse(status, headers, JSON.stringify({ error, error_description: description }));
}

function json(body: Body): readonly ResponseStep[] {
  return wholeResponse(200, { "content-type": "application/json" }, JSON.stringify(body));
}

function parseBody(bytes: Uint8Array): Body | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
