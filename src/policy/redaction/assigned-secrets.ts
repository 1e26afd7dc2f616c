import { type Assignment, isAssignedSecret } from "./assigned-value.ts";
import { LineQuotes } from "./line-quotes.ts";
import type { SecretSpan } from "./secret-span.ts";

/** A name that ends with a word for a secret, and what gives it a value. Each group is bounded or ends at the word. */
const assignments =
  /(?:(pass(?:word|wd|phrase|code)|pwd|(?<![A-Za-z])pass)|(secret[_-]?access[_-]?key)|((?:session|security)[_-]?token)|((?:secret|api|access|private|signing|encryption|account|auth|shared|master|session|subscription)[_-]?key(?:[_-]?base)?)|(secret|token|credentials?|authorization|connection[_-]?string))(\\?["'`]|)\]?[ \t]{0,16}(=>|:=|[=!]==?|=(?![>~])|:(?!:))[ \t]{0,16}/giu;

/** A command line's option: `--password …`. */
const options =
  /(--?[\w-]{0,32}(?:password|passwd|passphrase|secret|token|api-?key|access-?key)[ \t]{1,4})(?=[^\s-])/giu;

const kinds = ["password", "aws-secret", "session-token", "key", "secret"] as const;

/** Rejected values up to this long are searched for further names. */
const longestSearchedAgain = 256;
const longestName = 64;

/** Secrets that a name gives away: `PASSWORD=…`, `"apiKey": "…"`, `client_secret: …`, `--token …`. */
export function findAssignedSecrets(text: string): readonly SecretSpan[] {
  return [...scan(text, assignments, readAssignment), ...scan(text, options, readOption)];
}

interface Given extends Assignment {
  readonly start: number;
}

type Read = (text: string, match: RegExpExecArray, quotes: LineQuotes) => Given;

/** What was read is not read again, so that the time stays in proportion to the text. */
function scan(text: string, names: RegExp, read: Read): readonly SecretSpan[] {
  const looks = new RegExp(names);
  const quotes = new LineQuotes(text);
  const spans: SecretSpan[] = [];
  for (let match = looks.exec(text); match !== null; match = looks.exec(text)) {
    const given = read(text, match, quotes);
    const end = given.start + given.value.length;
    const accepted = isAssignedSecret(given);
    if (accepted) spans.push({ start: given.start, end, kind: given.kind });
    if (accepted || given.value.length > longestSearchedAgain) looks.lastIndex = end;
  }
  return spans;
}

function readAssignment(text: string, match: RegExpExecArray, quotes: LineQuotes): Given {
  const kind = kinds[match.slice(1, 6).findIndex((group) => group !== undefined)] ?? "secret";
  const valueAt = match.index + match[0].length;
  const nameQuote = match[6] ?? "";
  const quoted = quotes.valueAt(valueAt);
  const form = bareForm(text, match, valueAt);
  if (quoted !== undefined) {
    return { kind, ...quoted, form: form === "environment" ? form : nameQuote === "" ? "quoted" : "data" };
  }
  return { kind, start: valueAt, value: bareValue(text, valueAt, form), form };
}

function readOption(text: string, match: RegExpExecArray, quotes: LineQuotes): Given {
  const valueAt = match.index + match[0].length;
  const quoted = quotes.valueAt(valueAt);
  const kind = /pass/iu.test(match[0]) ? "password" : "secret";
  if (quoted !== undefined) return { kind, ...quoted, form: "quoted" };
  return { kind, start: valueAt, value: bareValue(text, valueAt, "setting"), form: "setting" };
}

/** `KEY=value` as a shell and an environment file have it; `key: value` with nothing else on the line; or code. */
function bareForm(text: string, match: RegExpExecArray, valueAt: number): Assignment["form"] {
  const before = text.slice(Math.max(0, match.index - longestName), match.index);
  const nameStart = before.search(/[\w.-]*$/u);
  const name = before.slice(nameStart) + match[0];
  const atLineStart = /(?:^|[\r\n])[ \t]*(?:-[ \t]+)?(?:export[ \t]+|set[ \t]+|ENV[ \t]+|ARG[ \t]+)?$/u.test(
    before.slice(0, nameStart),
  );
  if (/^[A-Z][A-Z0-9_]*=$/u.test(name)) return "environment";
  // A name longer than what was looked at begins nowhere that is known.
  const isFirst = atLineStart && (nameStart > 0 || match.index <= longestName);
  if (/[^\s=!]=$/u.test(match[0])) return isFirst ? "setting" : "argument";
  const isSetting = isFirst && /\S:[ \t]+$/u.test(match[0]);
  lineEnd.lastIndex = valueAt;
  return isSetting && lineEnd.test(text) && !/[;{(]$/u.test(text.slice(valueAt, lineEnd.lastIndex).trimEnd())
    ? "setting"
    : "code";
}

const lineEnd = /[^\s"'`]{1,512}[ \t]{0,8}(?=[\r\n#]|$)/uy;
const wholeWord = /[^\s"'`]*/uy;
const plainWord = /[^\s"'`,;&(){}[\]<>\\|]*/uy;

function bareValue(text: string, start: number, form: Assignment["form"]): string {
  const word = form === "environment" || form === "setting" ? wholeWord : plainWord;
  word.lastIndex = start;
  const value = word.exec(text)?.[0] ?? "";
  return form === "argument" && /[([{]/u.test(text[start + value.length] ?? "") ? "" : value;
}
