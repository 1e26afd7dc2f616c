/** Shannon entropy of the characters of a text, in bits a character: English letters about 4, random base64 of 40 about 4.8. */
export function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

const wordLike = /[a-z]{8}|[A-Z]{12}/u;
const universallyUnique = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** `createFlowResultV2`, `OpeningBraceToken$1`: words in camel case. */
export function isCamelCase(value: string): boolean {
  return /^_{0,2}[a-z]*(?:[A-Z]{1,3}[a-z]+\d{0,2})+[A-Z]?\d{0,2}(?:\$\d{1,3})?$/u.test(value);
}

/** Whether a run of characters looks made by a generator, not written by a person: no names, paths, UUIDs or versions. */
export function looksRandom(value: string): boolean {
  if (value.length < 12 || /\s/u.test(value) || universallyUnique.test(value)) return false;
  if (/^[0-9a-f]+$/u.test(value) || /^[0-9A-F]+$/u.test(value)) {
    return value.length >= 32 && /[a-fA-F]/u.test(value) && /\d/u.test(value) && bitsPerCharacter(value) >= 3;
  }
  if (!/[A-Za-z]/u.test(value) || !/\d/u.test(value) || wordLike.test(value) || isPlace(value)) return false;
  if (isCamelCase(value)) return false;
  return bitsPerCharacter(value) >= 3.2;
}

/** A path, an address or a file name. */
export function isPlace(value: string): boolean {
  return (
    /^(?:[a-z][\w+.-]*:\/\/|[.~]{0,2}[/\\]|[A-Za-z]:[/\\]|@[\w-]+\/)/u.test(value) ||
    /\.(?:[cm]?[jt]sx?|json|ya?ml|txt|md|pem|key|crt|toml|ini|html?|css|py|sh|log|lock|com|org|net|io|dev)$/iu.test(
      value,
    )
  );
}

const standIns =
  /^(?:change_?-?me|password|passwort|passwd|secret|token|test|none|null|nil|true|false|undefined|default|empty|required|optional|string|redacted|hidden|masked|dummy|sample|example|[-*.x#_•…?]+)$/iu;
const templates =
  /^(?:\$[\w({[@$*?!#]|\{\{|%[\w({%]|<[^<>]*>?$|process\.env|import\.meta|os\.environ|env[.(:[]|@[\w]+[.(]|\[redacted(?::[a-z0-9-]+#\d+)?\]$)/iu;
const instructions =
  /^(?:your|my|insert|enter|replace|put|some|the|an?)[-_ ].*(?:key|token|secret|password|here|value)/iu;

/** What people write where a secret would be: a variable, a template, an instruction, a word for it. */
export function isStandIn(value: string): boolean {
  return standIns.test(value) || templates.test(value) || instructions.test(value);
}
