import { t } from "../protocol/localize.ts";

/** What is wrong with a value that was typed in; undefined where nothing is. None of them repeats the value. */
export type Check = (value: string) => string | undefined;

export const checkApiKey: Check = (value) => {
  const key = value.trim();
  if (key === "") return t("Paste the API key.");
  if (/^(?:AKIA|ASIA)/u.test(key)) return t("This is an access key ID. Use Outcrop: Set Access Keys for it.");
  return /^[\x21-\x7e]{16,}$/u.test(key) ? undefined : t("An API key has at least 16 characters and no spaces.");
};

export const checkAccessKeyId: Check = (value) =>
  /^\w{16,128}$/u.test(value.trim())
    ? undefined
    : t("An access key ID has at least 16 letters and digits, such as AKIA….");

export const checkSecretKey: Check = (value) =>
  /^[\x21-\x7e]{16,}$/u.test(value.trim())
    ? undefined
    : t("A secret access key has at least 16 characters and no spaces.");

/** Keys that begin with ASIA are temporary: without their token AWS does not know them. */
export function checkSessionToken(accessKeyId: string): Check {
  return (value) => {
    const token = value.trim();
    if (token === "")
      return accessKeyId.startsWith("ASIA") ? t("Temporary keys (ASIA…) need their session token.") : undefined;
    return /^[\x21-\x7e]{16,}$/u.test(token)
      ? undefined
      : t("A session token has at least 16 characters and no spaces.");
  };
}

export const checkMfaCode: Check = (value) =>
  /^\d{6}$/u.test(value.trim()) ? undefined : t("The code has six digits.");

export const checkRegion: Check = (value) =>
  /^[a-z]{2,}(?:-[a-z]+)+-\d+$/u.test(value.trim()) ? undefined : t("A region looks like eu-central-1.");
