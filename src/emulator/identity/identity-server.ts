import { once } from "node:events";
import { wholeResponse } from "../reply/http-error.ts";
import { answerRequest } from "../server/answer-request.ts";
import { Connections } from "../server/connections.ts";
import { createProtocolListener } from "../server/protocol-listener.ts";
import type { OpenRecord, RecordedRequest } from "../server/recorded-request.ts";
import type { EmulatorRequest, ResponseStep } from "../wire/http-exchange.ts";
import { DeviceGrants } from "./device-grants.ts";
import { HostCredentials } from "./host-credentials.ts";
import { IdentityWorld, type IdentityWorldOptions } from "./identity-world.ts";
import { ssoOidcResponse } from "./sso-oidc.ts";
import { ssoPortalResponse } from "./sso-portal.ts";
import { stsResponse } from "./sts.ts";

export interface RunningIdentityServer {
  /** For `AWS_ENDPOINT_URL_SSO_OIDC`, `_SSO`, `_STS` and `AWS_EC2_METADATA_SERVICE_ENDPOINT`. */
  readonly url: string;
  readonly world: IdentityWorld;
  readonly grants: DeviceGrants;
  readonly requests: readonly RecordedRequest[];
  close(): Promise<void>;
}

/** IAM Identity Center (OIDC and portal), STS, and the credentials of a container and an instance, on one local port. */
export async function startIdentityServer(options: IdentityWorldOptions = {}): Promise<RunningIdentityServer> {
  const world = new IdentityWorld(options);
  const grants = new DeviceGrants(world);
  const host = new HostCredentials(world);
  const connections = new Connections();
  const requests: OpenRecord[] = [];
  let closing = false;
  let url = "";
  const handler = async (request: EmulatorRequest): Promise<readonly ResponseStep[]> => {
    const verificationUri = `${url}/device`;
    const { tokenSeconds } = world.options;
    return (
      ssoOidcResponse(request, { grants, now: () => world.now, tokenSeconds, verificationUri }) ??
      ssoPortalResponse(request, world, grants) ??
      host.respond(request) ??
      (await stsResponse(request, world)) ??
      wholeResponse(404, { "content-type": "text/plain" }, "")
    );
  };
  const record = (received: Omit<OpenRecord, "ordinal">): OpenRecord => {
    const open: OpenRecord = { ordinal: requests.length + 1, ...received };
    requests.push(open);
    return open;
  };
  const server = createProtocolListener(
    (request, response) =>
      void answerRequest(request, response, { handler, connections, isClosing: () => closing, record }),
    connections,
    undefined,
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  return {
    url,
    world,
    grants,
    requests,
    close: async () => {
      closing = true;
      const closed = once(server, "close");
      server.close();
      connections.destroyAll();
      await closed;
    },
  };
}
