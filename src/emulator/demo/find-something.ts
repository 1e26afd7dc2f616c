import { bestHit } from "./best-hit.ts";
import { excerptAround, fenceLanguage } from "./code-excerpt.ts";
import { type Ask, answer, explain, fence, needs, type Progress } from "./progress.ts";
import { searchPatterns, searchWords } from "./search-words.ts";
import { type Hit, parseReadResult, parseSearchResult, type SearchResult } from "./tool-results.ts";
import type { Wish } from "./wishes.ts";

type Find = Extract<Wish, { kind: "find" }>;

const shownOthers = 4;

/** Searches with ever wider patterns, reads around the best hit, and quotes it. */
export function findSomething(wish: Find, ask: Ask): Progress {
  const patterns = searchPatterns(wish.subject);
  const topic = wish.subject.replace(/[?.!]+$/u, "");
  for (const [attempt, { pattern, regex }] of patterns.entries()) {
    const call = { name: "search_files", input: { pattern, regex, caseSensitive: false, maxResults: 50 } };
    const outcome = ask(call);
    if (outcome === undefined) {
      const say =
        attempt === 0
          ? `Let me look for ${quoted(pattern, regex, wish)}.`
          : `Nothing yet. I try it wider: \`${pattern}\`.`;
      return needs("read", say, call);
    }
    if (outcome.kind !== "succeeded") {
      return explain(outcome, call, `look for ${topic}`);
    }
    const found = parseSearchResult(outcome.text);
    const hit = bestHit(
      found.hits,
      searchWords(wish.subject),
      /\b(?:uses?|used|calls?|called|referenced)\b/iu.test(wish.clause),
    );
    if (hit !== undefined) {
      return readAround(wish, found, hit, ask);
    }
  }
  return nothingFound(
    topic,
    patterns.map(({ pattern }) => pattern),
  );
}

function quoted(pattern: string, regex: boolean, wish: Find): string {
  return regex ? `“${searchWords(wish.subject).join(" ")}” in the workspace` : `\`${pattern}\` in the workspace`;
}

function readAround(wish: Find, found: SearchResult, hit: Hit, ask: Ask): Progress {
  const call = {
    name: "read_file",
    input: { path: hit.path, startLine: Math.max(1, hit.line - 8), endLine: hit.line + 24 },
  };
  const outcome = ask(call);
  if (outcome === undefined) {
    return needs("read", `Best match: \`${hit.path}:${hit.line}\`. Let me read around it.`, call);
  }
  const read = parseReadResult(outcome.text);
  const code = outcome.kind === "succeeded" && read.lines.length > 0 ? excerptAround(read, hit.line) : hit.text.trim();
  const unread =
    outcome.kind === "succeeded" ? "" : `(I could not read the file itself: ${outcome.text.split("\n")[0]})`;
  return answer(
    `${statement(wish)} \`${hit.path}:${hit.line}\`${named(hit)}:`,
    fence(fenceLanguage(hit.path), code),
    unread,
    others(found, hit),
  );
}

/** "Where is X computed" is answered with "X is computed in", anything else with "the best match for X is". */
function statement({ clause, subject }: Find): string {
  const match = /^where\s+(is|are)\s+(.+?)\s+(\w+(?:ed|en|nt|ne|ilt|ade|et))$/iu.exec(clause);
  if (match === null) {
    return `The best match for ${subject} is`;
  }
  const [, verb = "is", topic = "", participle = ""] = match;
  // A name keeps its letters.
  const subjectText = /^(?:the|an?|my|our|your|all)\s/iu.test(topic)
    ? `${topic.slice(0, 1).toUpperCase()}${topic.slice(1)}`
    : topic;
  return `${subjectText} ${verb} ${participle} in`;
}

function named(hit: Hit): string {
  const name = /\b(?:function|class|interface|type|enum|const|let|def|fn|func)\s+([\w$]+)/u.exec(hit.text)?.[1];
  return name === undefined ? "" : `, in \`${name}\``;
}

function others({ summary, hits }: SearchResult, best: Hit): string {
  const rest = hits.filter((hit) => hit !== best);
  const counted = /^\d+ results? in \d+ files?/u.exec(summary)?.[0] ?? `${hits.length} results`;
  if (rest.length === 0) {
    return `That is the only result (${counted}).`;
  }
  const shown = rest.slice(0, shownOthers).map((hit) => `\`${hit.path}:${hit.line}\``);
  return `The search found ${counted}; others: ${shown.join(", ")}${rest.length > shownOthers ? " …" : "."}`;
}

function nothingFound(topic: string, tried: readonly string[]): Progress {
  const [only = "", ...wider] = tried;
  const isTopic = wider.length === 0 && only === topic.replaceAll(/[`"']/gu, "");
  const list = tried.length === 0 || isTopic ? "" : ` I tried ${tried.map((pattern) => `\`${pattern}\``).join(", ")}.`;
  return answer(
    `I found nothing for ${isTopic ? `\`${only}\`` : topic}.${list} An exact name in backticks, or another word from the code, may help.`,
  );
}
