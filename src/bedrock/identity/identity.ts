import type { fromIni } from "@aws-sdk/credential-providers";
import type { AwsCredentialIdentity } from "@smithy/types";
import { untilAborted } from "../../agent/until-aborted.ts";
import { type AskCode, CodeQuestions } from "./code-questions.ts";

/** Resolves credentials; a client that asks tells of its own configuration. */
export type CredentialProvider = ReturnType<typeof fromIni>;

/** Keys of AWS as a person types them in. */
export interface AccessKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What the user has given to Outcrop itself. */
export interface StoredKeys {
  readonly apiKey?: string;
  readonly accessKeys?: AccessKeys;
}

export interface IdentityPorts {
  readonly stored: () => StoredKeys;
  readonly askMfaCode: AskCode;
  /** Told of every secret once it is known, so that it can be masked. */
  readonly onSecret: (secret: string) => void;
  /** Credentials are to be looked for anew, or were found after that. Not told where they are only renewed in time. */
  readonly onChange?: () => void;
}

interface Kept {
  readonly credentials: Promise<AwsCredentialIdentity>;
  /** Undefined until they are there. */
  expiration: Date | undefined;
  settled: boolean;
}

/** The SDK renews within this time of the end as well. */
const renewalMs = 5 * 60_000;

/**
 * Who a window's requests say that they come from: keys that are stored, codes that are asked for, and the credentials
 * that came of them, shared by all clients so that nobody is asked twice.
 */
export class Identity {
  readonly #ports: IdentityPorts;
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept>();
  readonly #secrets = new Set<string>();
  readonly #questions: CodeQuestions;
  #revision = 0;

  constructor(ports: IdentityPorts, now: () => number = Date.now) {
    this.#ports = ports;
    this.#questions = new CodeQuestions(ports.askMfaCode);
    this.#now = now;
  }

  get stored(): StoredKeys {
    const stored = this.#ports.stored();
    this.#learn(stored.apiKey, stored.accessKeys?.secretAccessKey, stored.accessKeys?.sessionToken);
    return stored;
  }

  /** Tells one state from another without a secret: clients of an older one are not used again. */
  toJSON(): { readonly revision: number } {
    return { revision: this.#revision };
  }

  /** What of it must not be shown. */
  secrets(): readonly string[] {
    return [...this.#secrets];
  }

  /** The next request looks for credentials anew. */
  renew(): void {
    this.#revision++;
    this.#kept.clear();
    this.#ports.onChange?.();
  }

  /** Whether credentials were found under this key: asking for them bothers nobody. */
  holds(key: string): boolean {
    return this.#kept.get(key)?.settled === true;
  }

  /** For the credentials under this key. */
  askMfaCode(key: string, serial: string): Promise<string | undefined> {
    return this.#questions.ask(key, serial);
  }

  /** Whether the user is being asked for a code for these credentials. */
  isAsking(key: string): boolean {
    return this.#questions.isOpen(key);
  }

  /** Waits with `work` for the credentials under this key: a code is asked for no longer than anybody does. */
  async whileWaiting<T>(key: string, signal: AbortSignal, work: Promise<T>): Promise<T> {
    const leave = this.#questions.wait(key, signal);
    try {
      return await untilAborted(work, signal);
    } finally {
      leave();
    }
  }

  /** The same credentials for everybody who asks under this key, until they end. */
  share(key: string, load: CredentialProvider): CredentialProvider {
    return (properties) => {
      this.#questions.want(key);
      const kept = this.#kept.get(key);
      if (kept !== undefined && !this.#needsRenewal(kept)) return kept.credentials;
      return this.#keep(key, load(properties), kept).credentials;
    };
  }

  #needsRenewal({ settled, expiration }: Kept): boolean {
    return settled && expiration !== undefined && expiration.getTime() - this.#now() < renewalMs;
  }

  /** Where renewing fails, the old ones serve to their end. */
  #keep(key: string, loading: Promise<AwsCredentialIdentity>, old: Kept | undefined): Kept {
    const isOldGood = old?.expiration !== undefined && old.expiration.getTime() > this.#now();
    const kept: Kept = {
      credentials: isOldGood ? loading.catch(() => old.credentials) : loading,
      expiration: undefined,
      settled: false,
    };
    this.#kept.set(key, kept);
    kept.credentials.then(
      ({ secretAccessKey, sessionToken, expiration }) => {
        this.#learn(secretAccessKey, sessionToken);
        kept.expiration = expiration;
        kept.settled = true;
        if (old === undefined) this.#ports.onChange?.();
      },
      () => {
        if (this.#kept.get(key) === kept) this.#kept.delete(key);
      },
    );
    return kept;
  }

  #learn(...secrets: readonly (string | undefined)[]): void {
    for (const secret of secrets) {
      if (secret === undefined || this.#secrets.has(secret)) continue;
      this.#secrets.add(secret);
      this.#ports.onSecret(secret);
    }
  }
}
