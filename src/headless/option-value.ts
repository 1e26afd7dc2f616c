import { ArgumentError } from "./argument-error.ts";

/** One of a list of words. Throws `ArgumentError`. */
export function wordValue<Word extends string>(
  option: string,
  value: string | undefined,
  words: readonly Word[],
): Word | undefined {
  if (value === undefined) return undefined;
  const found = words.find((word) => word === value);
  if (found === undefined) throw new ArgumentError(`${option} takes ${words.join(", ")}.`);
  return found;
}

/** A whole number. Throws `ArgumentError`. */
export function integerValue(option: string, value: string | undefined, least: number): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < least) {
    throw new ArgumentError(`${option} takes a whole number from ${least}, not "${value}".`);
  }
  return number;
}

/** A number from 0 to 1. Throws `ArgumentError`. */
export function shareValue(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (value.trim() === "" || !(number >= 0 && number <= 1)) {
    throw new ArgumentError(`${option} takes a number from 0 to 1, not "${value}".`);
  }
  return number;
}

/** A guardrail and its version, such as `gr1a2b3c4d5e:2`; in place of the id its ARN. Throws `ArgumentError`. */
export function guardrailValue(
  option: string,
  value: string | undefined,
): { readonly identifier: string; readonly version: string } | undefined {
  if (value === undefined) return undefined;
  const [, identifier, version] = /^(.+):(DRAFT|\d+)$/u.exec(value) ?? [];
  if (identifier === undefined || version === undefined) throw new ArgumentError(`${option} takes ID:VERSION.`);
  return { identifier, version };
}
