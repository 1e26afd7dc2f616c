import { bitsPerCharacter, isCamelCase, isPlace, isStandIn } from "./randomness.ts";

/** How a value is given to a name that says secret. */
export interface Assignment {
  readonly kind: string;
  readonly value: string;
  readonly form:
    | "environment" // PASSWORD=…
    | "data" // "password": "…"
    | "quoted" // password = "…"
    | "setting" // password: … as a line of its own
    | "argument" // password=… among other text
    | "code"; // password = … in a program
}

/** Whether the value is a secret and not a variable, a type, a word or a path. */
export function isAssignedSecret({ kind, value, form }: Assignment): boolean {
  if (isStandIn(value) || isPlace(value)) return false;
  switch (form) {
    case "environment":
      return value.length >= 4 && !isNumberOrCode(value);
    case "data":
      if (value.length < 6 || /\s/u.test(value) || isNumberOrCode(value)) return false;
      return kind === "password" ? !isWord(value) || value.length >= 12 : isMixed(value);
    case "quoted":
      if (value.length < 8 || /\s/u.test(value) || isNumberOrCode(value)) return false;
      return isMixed(value) || (kind === "password" && /[!#$%^&*+?]/u.test(value));
    case "setting":
    case "argument":
      return value.length >= 6 && !isNumberOrCode(value) && (isMixed(value) || /[!#$%^&*+?]/u.test(value));
    case "code":
      return value.length >= 16 && !isNumberOrCode(value) && isMixed(value) && bitsPerCharacter(value) >= 3.4;
  }
}

function isMixed(value: string): boolean {
  return /\d/u.test(value) && /[A-Za-z]/u.test(value) && !isName(value);
}

/** Words with at most a counting number among them: `tool_use_1`, `base64url`, `sha256`, `claude-3-haiku`. */
function isName(value: string): boolean {
  if (/^(?:[A-Za-z]+\d{0,3}|\d{1,2})(?:[-_.:/](?:[A-Za-z]+\d{0,3}|\d{1,2}))+$/u.test(value)) return true;
  if (isCamelCase(value)) return true;
  return /^(?:base|sha|md|hs|rs|es|utf|aes|rsa|ed|v)-?\d{1,5}(?:[a-z]{2,12}|[A-Z][a-z]+)*$/iu.test(value);
}

function isWord(value: string): boolean {
  return /^\p{L}+$/u.test(value);
}

/** A number too short for a secret; a call, a member, a comparison. */
function isNumberOrCode(value: string): boolean {
  return (
    /^[-+]?[\d_.,]{1,9}$/u.test(value) ||
    /^(?:true|false|yes|no|on|off)$/iu.test(value) ||
    /^[A-Za-z_$][\w$]*(?:(?:\?\.|\.|->|::)[A-Za-z_$][\w$]*)+[;,)]*$/u.test(value) ||
    /^[A-Za-z_$][\w$.?]*(?:\(|\[)/u.test(value) ||
    /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/u.test(value)
  );
}
