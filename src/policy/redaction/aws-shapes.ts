import { bitsPerCharacter, isCamelCase } from "./randomness.ts";
import type { TokenShape } from "./token-shape.ts";

/** Forty characters of base64 with all three kinds and without words: the form of AWS secret access keys. */
function isSecretAccessKey(value: string): boolean {
  return (
    /[A-Z]/u.test(value) &&
    /[a-z]/u.test(value) &&
    /\d/u.test(value) &&
    !/[a-z]{8}|[A-Z]{14}|\/\//u.test(value) &&
    !isCamelCase(value) &&
    bitsPerCharacter(value) >= 4.2
  );
}

/** Identifiers and secrets of AWS: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export const awsShapes: readonly TokenShape[] = [
  { kind: "aws-access-key", looks: /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])/gu },
  // How session tokens of STS begin: "origin" or "aws" in base64.
  {
    kind: "aws-session-token",
    looks: /(?<![A-Za-z0-9+/=_%-])(?:IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz)[A-Za-z0-9+/=_%-]{50,}/gu,
  },
  { kind: "bedrock-api-key", hint: "ABSK", looks: /(?<![A-Za-z0-9+/])ABSK[A-Za-z0-9+/]{32,}={0,2}/gu },
  {
    kind: "bedrock-api-key",
    hint: "bedrock-api-key-",
    looks: /(?<![A-Za-z0-9+/_-])bedrock-api-key-[A-Za-z0-9+/_-]{16,}={0,2}/gu,
  },
  { kind: "aws-signature", hint: "Signature=", looks: /(\bSignature=)([0-9a-f]{64})(?![0-9a-f])/gu },
  {
    kind: "aws-secret",
    looks: /(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=_-])/gu,
    accepts: isSecretAccessKey,
  },
];
