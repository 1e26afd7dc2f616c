import { constants } from "node:fs";
import { open } from "node:fs/promises";

/** How much of a file's beginning is looked at. */
const LOOKED_AT = 64 * 1024;

const LATIN1_BYTE_ORDER_MARK = /^\xef\xbb\xbf/;
const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----/;
const KEY_START = /^(?:-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----|PuTTY-User-Key-File-\d|AGE-SECRET-KEY-1)/;
/** What may stand before a key in its file: blank and indented lines, comments, what openssl writes over its blocks. */
const BEFORE_KEY = /^(?:\s|#|Bag Attributes|Key Attributes|$)/;
const PUBLIC_BLOCK =
  /-----BEGIN (?:X509 |TRUSTED )?(?:CERTIFICATE(?: REQUEST)?|PUBLIC KEY|RSA PUBLIC KEY|X509 CRL|DH PARAMETERS|EC PARAMETERS)-----/;
const SERVICE_ACCOUNT = ['"service_account"', '"private_key"'];
/** npm's and yarn's credentials: docs.npmjs.com/cli/configuring-npm/npmrc, yarnpkg.com/configuration/yarnrc. */
const REGISTRY_SECRET = /(?:^|[:\s/])_(?:authToken|auth|password)\s*=|npmAuth(?:Token|Ident)\s*:|^\s*password\s*[=:]/im;

export interface Beginning {
  /** Latin-1, so that every byte is a character. */
  readonly text: string;
  readonly isWhole: boolean;
}

/** What a look at a file's beginning tells of it; `name` is folded. */
export type ContentVerdict = "key" | "public" | "unknown";

/** Whether the text is itself a key or a credential store. A key somewhere in other text is masked, not refused. */
export function judgeContent(name: string, { text, isWhole }: Beginning): ContentVerdict {
  if (name.endsWith(".pem")) return isWhole && PUBLIC_BLOCK.test(text) && !PRIVATE_KEY.test(text) ? "public" : "key";
  if (startsAsKey(text)) return "key";
  if (name.endsWith(".json") && SERVICE_ACCOUNT.every((mark) => text.includes(mark))) return "key";
  if (/^\.(?:npmrc|yarnrc.*|pypirc)$|^pip\.conf$/.test(name) && REGISTRY_SECRET.test(text)) return "key";
  return "unknown";
}

function startsAsKey(text: string): boolean {
  const lines = text.replace(LATIN1_BYTE_ORDER_MARK, "").split(/\r?\n/);
  return KEY_START.test(lines.find((line) => !BEFORE_KEY.test(line)) ?? "");
}

/** The beginning of a regular file, links not followed; undefined where there is none to be had. */
export async function readBeginning(path: string): Promise<Beginning | undefined> {
  // O_NONBLOCK: a pipe must not hold the look. Windows has neither flag.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
  const handle = await open(path, flags).catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) return undefined;
    const buffer = Buffer.alloc(LOOKED_AT);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    return { text: buffer.toString("latin1", 0, bytesRead), isWhole: bytesRead >= stats.size };
  } catch {
    return undefined;
  } finally {
    await handle.close();
  }
}
