import { wholeResponse } from "../reply/http-error.ts";
import type { EmulatorRequest, ResponseStep } from "../wire/http-exchange.ts";
import type { DeviceGrants } from "./device-grants.ts";
import type { IdentityWorld } from "./identity-world.ts";

/** GetRoleCredentials of the AWS access portal; undefined for another path. */
export function ssoPortalResponse(
  request: EmulatorRequest,
  world: IdentityWorld,
  grants: DeviceGrants,
): readonly ResponseStep[] | undefined {
  if (request.method !== "GET" || request.path !== "/federation/credentials") return undefined;
  if (!grants.holds(request.headers["x-amz-sso_bearer_token"])) {
    return failure(401, "UnauthorizedException", "Session token not found or invalid");
  }
  const query = new URLSearchParams(request.query);
  const [accountId, roleName] = [query.get("account_id"), query.get("role_name")];
  if (accountId === null || roleName === null) {
    return failure(400, "InvalidRequestException", "accountId and roleName are required");
  }
  const { assignments } = world.options;
  if (!assignments.some((each) => each.accountId === accountId && each.roleName === roleName)) {
    return failure(403, "ForbiddenException", "No access");
  }
  const arn = `arn:aws:sts::${accountId}:assumed-role/AWSReservedSSO_${roleName}_0123456789abcdef/jane`;
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = world.issue(arn);
  const roleCredentials = { accessKeyId, secretAccessKey, sessionToken, expiration: expiration.getTime() };
  return wholeResponse(200, { "content-type": "application/json" }, JSON.stringify({ roleCredentials }));
}

function failure(status: number, type: string, message: string): readonly ResponseStep[] {
  const headers = { "content-type": "application/json", "x-amzn-errortype": type };
  return wholeResponse(status, headers, JSON.stringify({ message }));
}
