import { isPlace, isStandIn, looksRandom } from "./randomness.ts";
import type { TokenShape } from "./token-shape.ts";

/** HTTP's Basic credentials: base64 of a name, a colon and a password. */
function isBasicCredentials(value: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/u.test(value)) return false;
  return /^[\x20-\x7e]*:[\x20-\x7e]*$/u.test(atobOrEmpty(value));
}

function atobOrEmpty(value: string): string {
  try {
    return atob(value);
  } catch {
    return "";
  }
}

/** What carries a login: headers, JSON Web Tokens, the user part of a URL, query parameters, XML elements, options of programs. */
export const webShapes: readonly TokenShape[] = [
  { kind: "jwt", hint: "eyJ", looks: /(?<![\w-])eyJ[\w-]{6,}\.[\w-]{4,}\.[\w-]*(?:\.[\w-]*){0,2}/gu },
  {
    kind: "bearer",
    looks: /(\bbearer[ \t]{1,8})([A-Za-z0-9._~+/=-]{12,})/giu,
    accepts: (value) => /\d/u.test(value) && /[A-Za-z]/u.test(value),
  },
  {
    kind: "cookie",
    hint: "ookie",
    looks: /((?<![A-Za-z])(?:session|sess|sid|auth|jwt|connect\.sid)[\w.-]{0,20}=)([^;\s"'=]{12,})/giu,
    accepts: looksRandom,
  },
  { kind: "basic", looks: /(\bbasic[ \t]{1,8})([A-Za-z0-9+/=]{8,})/giu, accepts: isBasicCredentials },
  {
    kind: "basic",
    hint: "auth",
    looks: /(\b_?auth"?[ \t]{0,8}[:=][ \t]{0,8}"?)([A-Za-z0-9+/=]{8,})/gu,
    accepts: isBasicCredentials,
  },
  {
    kind: "authorization",
    looks:
      /(\bauthorization["']?[ \t]{0,4}[:=][ \t]{0,4}["']?[A-Za-z][\w-]{1,20}[ \t]{1,4})([A-Za-z0-9._~+/=-]{12,})/giu,
    accepts: (value) => /\d/u.test(value) && /[A-Za-z]/u.test(value) && !/^Credential=/u.test(value),
  },
  {
    kind: "url-password",
    hint: "://",
    looks: /(:\/\/[^\s/:@"'<>`]*:)([^\s/"'<>`]+)(?=@)/gu,
    accepts: (value) => !isStandIn(value) && !value.includes("${"),
  },
  {
    kind: "url-token",
    hint: "://",
    looks: /(:\/\/)([^\s/:@"'<>`?#]{16,})(?=@)/gu,
    accepts: looksRandom,
  },
  {
    kind: "url-token",
    looks:
      /([?&](?:access_token|refresh_token|id_token|auth_token|token|api_?key|apikey|key|secret|client_secret|password|passwd|sig|signature|code|x-amz-signature|x-amz-security-token|x-goog-signature)=)([^&\s"'#<>`)\]}]{8,})/giu,
    accepts: (value) => !isStandIn(value) && /\d/u.test(value),
  },
  {
    kind: "password",
    hint: "password",
    looks: /(^[^\w\r\n]{0,8}(?:machine|login)\b[^\r\n]{0,256}\bpassword[ \t]{1,8})(\S+)/gmu,
  },
  {
    kind: "secret",
    hint: "</",
    looks: /(<[\w.:-]{0,64}(?:password|passwd|secret|token|api[_-]?key|access[_-]?key)>)([^<\s]{4,})(?=<\/)/giu,
    accepts: (value) => !isStandIn(value) && !isPlace(value),
  },
  {
    kind: "password",
    looks: /([ \t](?:-u|--user)[ \t=]["']?[\w.@-]{1,64}:)([^\s"':@/]{4,})(?=["'\s]|$)/gu,
    accepts: (value) => !isStandIn(value) && !/^\d+$/u.test(value),
  },
  { kind: "password", hint: "sshpass", looks: /(\bsshpass[ \t]{1,8}-p[ \t]{0,8}["']?)([^\s"']+)/gu },
];
