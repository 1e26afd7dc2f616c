import { domainToASCII } from "node:url";
import { t } from "../../protocol/localize.ts";
import { type NetworkProgram, networkProgramOf, programsOf } from "./program-kinds.ts";
import type { SimpleCommand } from "./simple-command.ts";

/**
 * The hosts that a command reaches, in punycode so that look-alike letters show; `unknown destination` where it reaches the
 * network and names none. Empty = nothing says that it reaches the network.
 */
export function destinationsOf(command: SimpleCommand): readonly string[] {
  const found = new Set<string>();
  let isNetwork = false;
  for (const { name, rest } of programsOf(command)) {
    const program = networkProgramOf(name, rest);
    if (program === undefined) continue;
    isNetwork = true;
    for (const host of hostsIn(program, rest)) found.add(host);
  }
  for (const { target } of command.redirections) {
    const host = /^\/dev\/(?:tcp|udp)\/([^/]+)/.exec(target.text)?.[1];
    if (host !== undefined) {
      isNetwork = true;
      found.add(toAscii(host));
    }
  }
  if (isNetwork && found.size === 0) found.add(t("unknown destination"));
  return [...found];
}

function hostsIn({ hosts, valueFlags }: NetworkProgram, rest: readonly string[]): readonly string[] {
  const words = rest.filter((word, index) => !word.startsWith("-") && !valueFlags.includes(rest[index - 1] ?? ""));
  const urls = rest.map((word) => word.replace(/^-[^=]*=/, "")).flatMap(hostOfUrl);
  switch (hosts) {
    case "bare":
      return [...urls, ...words.filter((word) => !word.includes("://")).flatMap(bareHost)];
    case "first":
      return urls.length > 0 ? urls : words.slice(0, 1).map((word) => toAscii(afterUser(word)));
    case "remote-path":
      return [...urls, ...words.flatMap(hostOfRemotePath)];
    case undefined:
      return urls;
  }
}

function hostOfUrl(word: string): readonly string[] {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(word)) return [];
  const host = URL.canParse(word) ? new URL(word).hostname : "";
  return host === "" ? [] : [toAscii(host)];
}

/** `example.com/x` and `localhost:80`, as curl takes them. */
function bareHost(word: string): readonly string[] {
  return /^(?:localhost|[^\s/@:]+\.[^\s/]+|[^\s/]+:\d+)(?:[/:?]|$)/i.test(word) ? hostOfUrl(`http://${word}`) : [];
}

/** `user@host:path`, but not `C:\path` and not `a/b:c`. */
function hostOfRemotePath(word: string): readonly string[] {
  const host = /^(?:[^/@:\s]+@)?([^/@:\s]{2,}):(?!\/\/)/.exec(word)?.[1];
  return host === undefined ? [] : [toAscii(host)];
}

function afterUser(word: string): string {
  return word.slice(word.lastIndexOf("@") + 1);
}

function toAscii(host: string): string {
  const ascii = domainToASCII(host);
  return ascii === "" ? host : ascii;
}
