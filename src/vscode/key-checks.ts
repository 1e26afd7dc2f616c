/** What is wrong with a value that was typed in; undefined where nothing is. None of them repeats the value. */
export type Check = (value: string) => string | undefined;

export const checkApiKey: Check = (value) => {
  const key = value.trim();
  if (key === "") return "Paste the API key.";
  if (/^(?:AKIA|ASIA)/u.test(key)) return "This is an access key ID. Use Outcrop: Set Access Keys for it.";
  return /^[\x21-\x7e]{16,}$/u.test(key) ? undefined : "An API key has at least 16 characters and no spaces.";
};

export const checkAccessKeyId: Check = (value) =>
  /^\w{16,128}$/u.test(value.trim())
    ? undefined
    : "An access key ID has at least 16 letters and digits, such as AKIA….";

export const checkSecretKey: Check = (value) =>
  /^[\x21-\x7e]{16,}$/u.test(value.trim())
    ? undefined
    : "A secret access key has at least 16 characters and no spaces.";

/** Keys that begin with ASIA are temporary: without their token AWS does not know them. */
export function checkSessionToken(accessKeyId: string): Check {
  return (value) => {
    const token = value.trim();
    if (token === "")
      return accessKeyId.startsWith("ASIA") ? "Temporary keys (ASIA…) need their session token." : undefined;
    return /^[\x21-\x7e]{16,}$/u.test(token) ? undefined : "A session token has at least 16 characters and no spaces.";
  };
}

export const checkMfaCode: Check = (value) => (/^\d{6}$/u.test(value.trim()) ? undefined : "The code has six digits.");

export const checkRegion: Check = (value) =>
  /^[a-z]{2,}(?:-[a-z]+)+-\d+$/u.test(value.trim()) ? undefined : "A region looks like eu-central-1.";
