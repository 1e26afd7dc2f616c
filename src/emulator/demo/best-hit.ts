import type { Hit } from "./tool-results.ts";

const definition =
  /\b(?:function|class|interface|type|enum|const|let|var|def|fn|func|struct|trait|impl|module)\s+[\w$]*/u;
const sourceFile = /\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|kt|cs|cpp|cc|c|h|hpp|php|swift|scala|vue|svelte|sh)$/iu;

/**
 * The hit that most likely answers "where is …": code before prose, definitions before uses (unless uses are asked
 * for), files named after the words, no tests; the first of equals.
 */
export function bestHit(hits: readonly Hit[], words: readonly string[], wantsUses: boolean): Hit | undefined {
  const scored = hits.map((hit) => ({ hit, score: score(hit, words, wantsUses) }));
  return scored.reduce<(typeof scored)[number] | undefined>(
    (best, candidate) => (best === undefined || candidate.score > best.score ? candidate : best),
    undefined,
  )?.hit;
}

function score({ path, text }: Hit, words: readonly string[], wantsUses: boolean): number {
  const name = path.split(/[/\\]/u).at(-1)?.toLowerCase() ?? "";
  const declared = definition.exec(text);
  const declaresIt = declared !== null && words.some((word) => text.toLowerCase().indexOf(word, declared.index) >= 0);
  const isComment = /^\s*(?:\/\/|\/\*|\*|#|<!--)/u.test(text);
  const isImport = /^\s*(?:import|from|export\s+(?:\*|\{)|require|use|#include)\b/u.test(text);
  const calls = /\w\(/u.test(text) && declared === null;
  return (
    (sourceFile.test(path) ? 4 : 0) +
    (declaresIt ? (wantsUses ? -2 : 4) : 0) +
    (/\bfunction\b|\bdef\b|\bfn\b|\bfunc\b|=>/u.test(text) && !wantsUses ? 1 : 0) +
    (wantsUses && calls ? 3 : 0) +
    (words.length > 0 && words.every((word) => name.includes(word)) && !wantsUses ? 2 : 0) +
    (isComment ? -3 : 0) +
    (isImport ? -4 : 0) +
    (/(?:^|[/\\._-])(?:tests?|specs?|__tests__|fixtures?|mocks?)(?:[/\\._-]|$)/iu.test(path) ? -4 : 0)
  );
}
