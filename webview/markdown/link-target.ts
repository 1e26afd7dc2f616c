/** Where a link in an answer may lead. */
export type LinkTarget =
  | { readonly kind: "external"; readonly href: string }
  /** A path relative to the workspace. Lines are 1-based, the last one included. */
  | { readonly kind: "file"; readonly path: string; readonly line?: number; readonly endLine?: number }
  | { readonly kind: "none" };

const none: LinkTarget = { kind: "none" };
const externalSchemes: readonly string[] = ["http:", "https:"];

/** Judges a link's destination. Everything but http, https and paths inside the workspace leads nowhere. */
export function linkTarget(destination: string): LinkTarget {
  const text = destination.trim();
  if (/^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/:]*\.[a-z0-9]+:\d+(?:[:-]\d+)?$/i.test(text)) {
    const url = URL.canParse(text) ? new URL(text) : null;
    return url !== null && isExternal(url) ? { kind: "external", href: url.href } : none;
  }
  const decoded = decodePath(text);
  return decoded === undefined ? none : fileTarget(decoded);
}

/** A user name before the host is there to be taken for the host. */
function isExternal({ protocol, username, password }: URL): boolean {
  return externalSchemes.includes(protocol) && username === "" && password === "";
}

/** Judges inline code: a path with a folder or a line, such as `src/retry.ts` or `retry.ts:12`, leads to the file. */
export function codeTarget(code: string): LinkTarget {
  const looksLikeFile = /^[\w@.+-]+(?:\/[\w@.+()[\]-]+)*\.[A-Za-z][A-Za-z0-9]{0,9}(?::\d+(?:[:-]\d+)?)?$/;
  if (code.length > 300 || !looksLikeFile.test(code)) return none;
  if (!code.includes("/") && !/:\d/.test(code)) return none;
  return fileTarget(code);
}

function decodePath(text: string): string | undefined {
  try {
    return decodeURI(text);
  } catch {
    return undefined;
  }
}

function fileTarget(text: string): LinkTarget {
  const match = /^(?<path>[^#?]+?)(?:[:#]L?(?<line>\d+)(?::\d+|-L?(?<end>\d+))?)?$/.exec(text);
  const path = match?.groups?.["path"]?.replace(/^(?:\.\/)+/, "");
  if (path === undefined || !isInsideWorkspace(path)) return none;
  const line = Number(match?.groups?.["line"] ?? Number.NaN);
  const end = Number(match?.groups?.["end"] ?? Number.NaN);
  if (!(line >= 1)) return { kind: "file", path };
  return end > line ? { kind: "file", path, line, endLine: end } : { kind: "file", path, line };
}

function isInsideWorkspace(path: string): boolean {
  if (path === "" || /^[/\\~]|^[A-Za-z]:|\\/.test(path) || /[\u0000-\u001f\u007f]/.test(path)) return false;
  return !path.split("/").includes("..");
}
