import { randomUUID } from "node:crypto";
import { wholeResponse } from "../reply/http-error.ts";
import type { EmulatorRequest, ResponseStep } from "../wire/http-exchange.ts";
import type { HeldCredentials, IdentityWorld } from "./identity-world.ts";

const roleName = "host";
const roles = "/latest/meta-data/iam/security-credentials/";

/** What a container gets from its agent, and an instance from its metadata service (version 2 only). */
export class HostCredentials {
  readonly #world: IdentityWorld;
  readonly #tokens = new Set<string>();

  constructor(world: IdentityWorld) {
    this.#world = world;
  }

  /** Undefined for another path. */
  respond(request: EmulatorRequest): readonly ResponseStep[] | undefined {
    if (request.path === "/container/credentials") return this.#container(request);
    return request.path.startsWith("/latest/") ? this.#instance(request) : undefined;
  }

  #container({ method, headers }: EmulatorRequest): readonly ResponseStep[] {
    if (method !== "GET" || headers["authorization"] !== this.#world.options.containerToken) {
      return json(401, { code: "AuthenticationError", message: "Invalid Authorization token" });
    }
    return json(200, { ...this.#keys(), RoleArn: this.#world.options.hostRole });
  }

  #instance({ method, path, headers }: EmulatorRequest): readonly ResponseStep[] {
    if (path === "/latest/api/token") {
      const seconds = Number(headers["x-aws-ec2-metadata-token-ttl-seconds"]);
      if (method !== "PUT") return text(405, "");
      if (!(seconds >= 1 && seconds <= 21_600)) return text(400, "");
      const token = randomUUID();
      this.#tokens.add(token);
      return text(200, token);
    }
    if (!this.#tokens.has(headers["x-aws-ec2-metadata-token"] ?? "")) return text(401, "");
    if (path === roles) return text(200, roleName);
    if (path !== `${roles}${roleName}`) return text(404, "");
    return json(200, { Code: "Success", LastUpdated: new Date(this.#world.now), Type: "AWS-HMAC", ...this.#keys() });
  }

  #keys(): Readonly<Record<string, unknown>> {
    const issued: HeldCredentials = this.#world.issue(this.#world.options.hostRole);
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = issued;
    return { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Token: sessionToken, Expiration: expiration };
  }
}

function json(status: number, body: unknown): readonly ResponseStep[] {
  return wholeResponse(status, { "content-type": "application/json" }, JSON.stringify(body));
}

function text(status: number, body: string): readonly ResponseStep[] {
  return wholeResponse(status, { "content-type": "text/plain" }, body);
}
