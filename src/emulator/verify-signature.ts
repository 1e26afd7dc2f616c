import { createHash, timingSafeEqual } from "node:crypto";
import { Hash } from "@smithy/core/serde";
import { HttpRequest } from "@smithy/core/transport";
import { SignatureV4 } from "@smithy/signature-v4";
import type { EmulatorRequest } from "./wire/http-exchange.ts";

/** The one set of keys that the emulator accepts. */
export interface EmulatorCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Keys that a local STS or portal has issued, until `expiration`. */
export interface IssuedCredentials extends EmulatorCredentials {
  readonly expiration?: Date;
}

/** The keys of this id, where there are any. */
export type CredentialLookup = (accessKeyId: string) => IssuedCredentials | undefined;

/** What signatures are checked against, by which service and when. */
export interface SignatureRules {
  /** As the credential scope names it; `bedrock` where left out. */
  readonly service?: string;
  readonly now?: Date;
}

/** Why a request is answered with 403. */
export interface SignatureProblem {
  readonly type: string;
  readonly message: string;
}

interface Authorization {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const maximumSkewMinutes = 5;
const mismatch: SignatureProblem = {
  type: "InvalidSignatureException",
  message:
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
};
const expiredToken: SignatureProblem = {
  type: "ExpiredTokenException",
  message: "The security token included in the request is expired",
};
const unknownToken: SignatureProblem = {
  type: "UnrecognizedClientException",
  message: "The security token included in the request is invalid.",
};

/**
 * Checks a request's Signature Version 4 by signing it again. Texts as AWS answers them.
 * @returns undefined when the signature is good.
 */
export async function verifySignature(
  request: EmulatorRequest,
  known: EmulatorCredentials | CredentialLookup,
  { service = "bedrock", now = new Date() }: SignatureRules = {},
): Promise<SignatureProblem | undefined> {
  const header = request.headers["authorization"];
  if (header === undefined) {
    return { type: "MissingAuthenticationTokenException", message: "Missing Authentication Token" };
  }
  if (header.startsWith("Bearer ")) {
    return { type: "AccessDeniedException", message: "Authentication failed: Please make sure your API Key is valid." };
  }
  const authorization = parseAuthorization(header);
  const signed = request.headers["x-amz-date"];
  if (authorization === undefined || signed === undefined) {
    return { type: "IncompleteSignatureException", message: incomplete(header, signed) };
  }
  const credentials = find(known, authorization.accessKeyId);
  if (credentials === undefined || request.headers["x-amz-security-token"] !== credentials.sessionToken) {
    return unknownToken;
  }
  if (credentials.expiration !== undefined && credentials.expiration <= now) {
    return expiredToken;
  }
  return (
    scopeProblem(authorization, signed, service) ??
    skewProblem(signed, now) ??
    (bodyMatches(request) && (await signatureMatches(request, authorization, signed, credentials))
      ? undefined
      : mismatch)
  );
}

function find(known: EmulatorCredentials | CredentialLookup, accessKeyId: string): IssuedCredentials | undefined {
  if (typeof known === "function") {
    return known(accessKeyId);
  }
  return known.accessKeyId === accessKeyId ? known : undefined;
}

function parseAuthorization(header: string): Authorization | undefined {
  const match =
    /^AWS4-HMAC-SHA256\s+Credential=([^/,\s]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/u.exec(
      header,
    );
  if (match === null) {
    return undefined;
  }
  const [, accessKeyId = "", date = "", region = "", service = "", signedHeaders = "", signature = ""] = match;
  return { accessKeyId, date, region, service, signedHeaders: signedHeaders.split(";"), signature };
}

function incomplete(header: string, date: string | undefined): string {
  const missing = ["Credential", "Signature", "SignedHeaders"]
    .filter((parameter) => !header.includes(`${parameter}=`))
    .map((parameter) => `Authorization header requires '${parameter}' parameter.`);
  const dated =
    date === undefined ? ["Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."] : [];
  return [
    ...missing,
    ...dated,
    `(Hashed with SHA-256 and encoded with Base64) Authorization=${digest(header, "base64")}`,
  ].join(" ");
}

function scopeProblem(authorization: Authorization, signed: string, service: string): SignatureProblem | undefined {
  if (authorization.service !== service) {
    return {
      type: "InvalidSignatureException",
      message: `Credential should be scoped to correct service: '${service}'. `,
    };
  }
  const day = signed.slice(0, 8);
  return authorization.date === day
    ? undefined
    : {
        type: "InvalidSignatureException",
        message: `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${authorization.date}' != '${day}', from '${signed}'.`,
      };
}

function skewProblem(signed: string, now: Date): SignatureProblem | undefined {
  const time = parseBasicFormat(signed);
  const allowed = maximumSkewMinutes * 60_000;
  if (Number.isNaN(time)) {
    return mismatch;
  }
  if (time < now.getTime() - allowed) {
    const limit = basicFormat(new Date(now.getTime() - allowed));
    const message = `Signature expired: ${signed} is now earlier than ${limit} (${basicFormat(now)} - ${maximumSkewMinutes} min.)`;
    return { type: "InvalidSignatureException", message };
  }
  if (time > now.getTime() + allowed) {
    const limit = basicFormat(new Date(now.getTime() + allowed));
    const message = `Signature not yet current: ${signed} is still later than ${limit} (${basicFormat(now)} + ${maximumSkewMinutes} min.)`;
    return { type: "InvalidSignatureException", message };
  }
  return undefined;
}

function parseBasicFormat(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/u, "$1-$2-$3T$4:$5:$6Z"));
}

function basicFormat(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d+/gu, "");
}

/** The body's hash is part of the signature; a client that announces one must have sent that body. */
function bodyMatches(request: EmulatorRequest): boolean {
  const announced = request.headers["x-amz-content-sha256"];
  return announced === undefined || announced === "UNSIGNED-PAYLOAD" || announced === digest(request.body, "hex");
}

async function signatureMatches(
  request: EmulatorRequest,
  authorization: Authorization,
  signed: string,
  credentials: EmulatorCredentials,
): Promise<boolean> {
  const names = authorization.signedHeaders.filter((name) => request.headers[name] !== undefined);
  if (
    names.length !== authorization.signedHeaders.length ||
    !(names.includes("host") || names.includes(":authority"))
  ) {
    return false;
  }
  const signer = new SignatureV4({
    credentials,
    region: authorization.region,
    service: authorization.service,
    sha256: Hash.bind(null, "sha256"),
    applyChecksum: false,
  });
  const again = await signer.sign(
    new HttpRequest({
      method: request.method,
      path: request.path,
      query: queryBag(request.query),
      headers: Object.fromEntries(names.map((name) => [name, request.headers[name] ?? ""])),
      body: request.body,
    }),
    {
      signingDate: new Date(
        Date.parse(signed.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/u, "$1-$2-$3T$4:$5:$6Z")),
      ),
      signableHeaders: new Set(names),
    },
  );
  const expected = parseAuthorization(again.headers["authorization"] ?? "");
  return (
    expected !== undefined &&
    expected.signedHeaders.join(";") === authorization.signedHeaders.join(";") &&
    timingSafeEqual(Buffer.from(expected.signature), Buffer.from(authorization.signature))
  );
}

function queryBag(query: string): Record<string, string | string[]> {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((key) => {
      const values = parameters.getAll(key);
      return [key, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
}

function digest(content: string | Uint8Array, encoding: "hex" | "base64"): string {
  return createHash("sha256").update(content).digest(encoding);
}
