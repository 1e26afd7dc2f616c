import { randomBytes } from "node:crypto";
import type { IssuedCredentials } from "../verify-signature.ts";

/** Keys that somebody holds, and who they are of. */
export interface HeldCredentials extends IssuedCredentials {
  readonly arn: string;
}

/** A role that keys may be had for. */
export interface EmulatedRole {
  readonly arn: string;
  /** The device whose code is asked for, and the code. */
  readonly mfa?: { readonly serial: string; readonly code: string };
  /** The token of a web identity provider for which it may be assumed. */
  readonly webIdentityToken?: string;
}

export interface IdentityWorldOptions {
  /** Long-lived keys of IAM users, or whatever else exists from the start. */
  readonly users?: readonly HeldCredentials[];
  readonly roles?: readonly EmulatedRole[];
  /** Account id and role name of every permission set that IAM Identity Center grants. */
  readonly assignments?: readonly { readonly accountId: string; readonly roleName: string }[];
  /** Of what the container endpoint and the instance give. */
  readonly hostRole?: string;
  /** What the container endpoint wants as `Authorization`. */
  readonly containerToken?: string;
  /** Seconds that keys of a role hold. */
  readonly roleSeconds?: number;
  /** Seconds that a token of IAM Identity Center holds. */
  readonly tokenSeconds?: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** What the emulated identity services know: who has which keys, and until when. */
export class IdentityWorld {
  readonly options: Required<IdentityWorldOptions>;
  readonly #held = new Map<string, HeldCredentials>();

  constructor(options: IdentityWorldOptions = {}) {
    this.options = {
      users: [],
      roles: [],
      assignments: [],
      hostRole: "arn:aws:sts::111122223333:assumed-role/host/i-0123456789abcdef0",
      containerToken: "container-token",
      roleSeconds: 3_600,
      tokenSeconds: 28_800,
      now: Date.now,
      ...options,
    };
    for (const user of this.options.users) this.#held.set(user.accessKeyId, user);
  }

  get now(): number {
    return this.options.now();
  }

  /** For the services that check signatures. */
  readonly find = (accessKeyId: string): HeldCredentials | undefined => this.#held.get(accessKeyId);

  issue(arn: string, seconds: number = this.options.roleSeconds): HeldCredentials & { readonly expiration: Date } {
    const issued = {
      accessKeyId: `ASIA${randomBytes(8).toString("hex").toUpperCase()}`,
      secretAccessKey: randomBytes(30).toString("base64"),
      sessionToken: newSessionToken(),
      expiration: new Date(this.now + seconds * 1_000),
      arn,
    };
    this.#held.set(issued.accessKeyId, issued);
    return issued;
  }

  /** Temporary keys that were issued so far hold no longer, whatever was said of their end. */
  expireIssued(): void {
    for (const [id, held] of this.#held) {
      if (held.expiration !== undefined) this.#held.set(id, { ...held, expiration: new Date(0) });
    }
  }
}

/** The session's ARN that STS makes of a role's. */
export function sessionArn(roleArn: string, sessionName: string): string {
  const [, partition, , , account, role = ""] = roleArn.split(":");
  return `arn:${partition}:sts::${account}:assumed-role/${role.split("/").at(-1)}/${sessionName}`;
}

/** Begins as those of STS do. */
function newSessionToken(): string {
  return `IQoJb3JpZ2lu${randomBytes(60).toString("base64")}`;
}
