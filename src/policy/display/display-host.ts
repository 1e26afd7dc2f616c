import { t } from "../../protocol/localize.ts";
import { looksLikeAscii } from "./confusable-letters.ts";
import { makeVisibleLine } from "./make-visible.ts";

/** Where a link really leads. */
export type LinkTarget =
  | {
      readonly kind: "host";
      /** As it is asked for: ASCII, other scripts in punycode; with a port where one is given. */
      readonly host: string;
      /** The whole address in ASCII. */
      readonly address: string;
      /** The host holds letters beyond ASCII. */
      readonly international: boolean;
    }
  | { readonly kind: "refused"; readonly reason: string };

/** Judges a link before it is shown or opened: only http and https, no user part, hosts in punycode. */
export function displayHost(link: string): LinkTarget {
  const url = parse(link);
  if (url === undefined) return { kind: "refused", reason: t("Not an address: {0}", makeVisibleLine(link)) };
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return {
      kind: "refused",
      reason: t("Only http and https links are opened, not {0}", makeVisibleLine(url.protocol)),
    };
  }
  if (url.username !== "" || url.password !== "") {
    return { kind: "refused", reason: t("The link names a user before its host; it leads to {0}", url.host) };
  }
  return { kind: "host", host: url.host, address: url.href, international: /(?:^|\.)xn--/u.test(url.hostname) };
}

function parse(link: string): URL | undefined {
  return URL.canParse(link) ? new URL(link) : undefined;
}

const hosts =
  /(?<=:\/\/)(?:[^\s/?#"'`<>@]*@)?[^\s/?#"'`<>@:[\]]+|(?<![\p{L}\p{N}._/\\-])[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu;

/**
 * A command or a text with the punycode of every international host behind it: of the host of a URL always, of a bare
 * name only where it could be read as an ASCII one, so that file names in other scripts stay as they are.
 */
export function showHosts(text: string): string {
  return text.replace(hosts, (found, offset: number) => {
    const name = found.slice(found.lastIndexOf("@") + 1);
    if (/^[\x00-\x7f]*$/u.test(name)) return found;
    const inUrl = text.startsWith("://", offset - 3);
    if (!inUrl && !name.split(".").some(looksLikeAscii)) return found;
    const ascii = parse(`http://${name}/`)?.hostname;
    return ascii === undefined || ascii === name ? found : `${found}⟦${ascii}⟧`;
  });
}
