import { wholeResponse } from "../reply/http-error.ts";
import { type ProtocolServer, startProtocolServer } from "../server/protocol-server.ts";
import type { EmulatorRequest, ResponseStep } from "../wire/http-exchange.ts";
import { DeviceGrants } from "./device-grants.ts";
import { HostCredentials } from "./host-credentials.ts";
import { IdentityWorld, type IdentityWorldOptions } from "./identity-world.ts";
import { ssoOidcResponse } from "./sso-oidc.ts";
import { ssoPortalResponse } from "./sso-portal.ts";
import { stsResponse } from "./sts.ts";

/** Its `url` is for `AWS_ENDPOINT_URL_SSO_OIDC`, `_SSO`, `_STS` and `AWS_EC2_METADATA_SERVICE_ENDPOINT`. */
export interface RunningIdentityServer extends ProtocolServer {
  readonly world: IdentityWorld;
  readonly grants: DeviceGrants;
}

/** IAM Identity Center (OIDC and portal), STS, and the credentials of a container and an instance, on one local port. */
export async function startIdentityServer(options: IdentityWorldOptions = {}): Promise<RunningIdentityServer> {
  const world = new IdentityWorld(options);
  const grants = new DeviceGrants(world);
  const host = new HostCredentials(world);
  const handler = async (request: EmulatorRequest): Promise<readonly ResponseStep[]> => {
    const verificationUri = `${server.url}/device`;
    const { tokenSeconds } = world.options;
    return (
      ssoOidcResponse(request, { grants, now: () => world.now, tokenSeconds, verificationUri }) ??
      ssoPortalResponse(request, world, grants) ??
      host.respond(request) ??
      (await stsResponse(request, world)) ??
      wholeResponse(404, { "content-type": "text/plain" }, "")
    );
  };
  const server = await startProtocolServer(() => handler);
  return Object.assign(server, { world, grants });
}
