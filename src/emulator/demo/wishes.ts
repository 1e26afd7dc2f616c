import { searchPatterns } from "./search-words.ts";
import { findTrouble, type Trouble } from "./trouble.ts";

/** One thing that the user asks for. */
export type Wish =
  | { readonly kind: "find"; readonly clause: string; readonly subject: string }
  | { readonly kind: "read"; readonly path: string; readonly startLine?: number; readonly endLine?: number }
  | { readonly kind: "overview" }
  | { readonly kind: "run"; readonly label: string; readonly clause: string }
  | { readonly kind: "list-tasks" }
  | { readonly kind: "change"; readonly from: string; readonly to: string; readonly path: string }
  | { readonly kind: "trouble"; readonly trouble: Trouble }
  | { readonly kind: "courtesy"; readonly clause: string }
  | { readonly kind: "unknown"; readonly clause: string };

const path = String.raw`(?:[\w@.~-]*[/\\][\w@./\\~-]*[\w/]|[\w@~-]*\.[A-Za-z][\w.]*|[\w@~-]+\.[\w.]+|README|LICENSE|Makefile|Dockerfile|CHANGELOG)`;
const readPattern = new RegExp(
  String.raw`^(?:read|show|open|print|cat|display|view|explain)\s+(?:me\s+)?(?:the\s+)?(?:file\s+|contents? of\s+)?(${path})(?:,?\s+(?:from\s+)?lines?\s+(\d+)(?:\s*(?:-|–|to)\s*(\d+))?)?$`,
  "iu",
);
const changePattern =
  /^(?:change|replace|rename|turn)\s+(.+?)\s+(?:to|with|into|by)\s+(.+?)\s+in\s+(?:the\s+file\s+)?(\S+)$/iu;
const findPattern =
  /^(?:where(?:['’]s|\s+is|\s+are|\s+does|\s+do|\s+can\s+i\s+find)?|how\s+(?:is|are|does|do)|find|search(?:\s+for)?|look(?:\s+for)?|locate|grep(?:\s+for)?|which\s+files?|who\s+(?:calls|uses)|what\s+(?:calls|uses))\s+(.+)$/iu;
const project = "(?:project|repo|repository|workspace|codebase|app|application|code|folder)";
const overviewPattern = new RegExp(
  String.raw`^(?:what(?:['’]s|\s+is|\s+does)?|describe|explain|summari[sz]e|tell\s+me\s+about|give\s+me\s+an\s+overview\s+of)\s+(?:this|the|my)\s+${project}\b`,
  "iu",
);
const testsPattern =
  /\btests?\b.*\b(?:pass|passing|green|succeed|work|fail|failing|ok)\b|\b(?:run|execute|start)\b.*\btests?\b(?!\s+task)|^tests?$/iu;
const buildPattern =
  /^(?:re)?build\b|\b(?:does|do|will)\b.*\b(?:build|compile)\b|\brun\b.*\bbuild\b(?!\s+task)|^compile\b/iu;
const listPattern = /^(?:list|show|what|which)\b.*\btasks\b/iu;
const runPattern = /^(?:run|execute|start|launch)\s+(?:the\s+)?(?:task\s+)?(.+?)(?:\s+task)?$/iu;
const courtesyPattern =
  /^(?:(?:many\s+)?thanks|thank\s+you|thx|cheers|ok(?:ay)?|great|perfect|nice|cool|good|fine|got\s+it|well\s+done)(?:\s+(?:a\s+lot|so\s+much|very\s+much|job|thanks|thank\s+you))*$/iu;
const chorePattern = /^(lint|type-?check|format|watch|deploy)\b/iu;

/** Takes a prompt apart into its wishes, in order. Quoted and backticked parts stay whole. */
export function readWishes(prompt: string): readonly Wish[] {
  const quotes: string[] = [];
  const masked = prompt.replace(
    /`[^`\n]+`|"[^"\n]+"|(?<=^|\s)'[^'\n]+'(?=[\s,.?!]|$)/gu,
    (quote) => `\u0001${quotes.push(quote) - 1}\u0001`,
  );
  const restore = (text: string) => text.replace(/\u0001(\d+)\u0001/gu, (_, index) => quotes[Number(index)] ?? "");
  const clauses = masked
    .split(/[.;!?]+(?:\s+|$)|,\s*(?:and\s+)?|\s+(?:and\s+then|and\s+also|and|then|as\s+well\s+as)\s+|\n+/iu)
    .map((clause) => restore(withoutCourtesy(clause)))
    .filter((clause) => clause !== "");
  const wishes: Wish[] = [];
  for (const clause of clauses) {
    wishes.push(readClause(clause, wishes.at(-1)));
  }
  return wishes;
}

function withoutCourtesy(clause: string): string {
  return clause
    .trim()
    .replace(
      /^(?:(?:please|hi|hello|hey|ok|okay|now|also|then|and|next|finally|(?:can|could|would|will)\s+you|i\s+want\s+(?:you\s+)?to|i(?:['’]d|\s+would)\s+like\s+(?:you\s+)?to|let['’]?s|tell\s+me|show\s+me(?=\s+(?:where|how)))\s+)+/iu,
      "",
    )
    .replace(/\s+please$/iu, "");
}

function readClause(clause: string, previous: Wish | undefined): Wish {
  const trouble = findTrouble(clause);
  if (trouble !== undefined) {
    return { kind: "trouble", trouble };
  }
  if (courtesyPattern.test(clause)) {
    return { kind: "courtesy", clause };
  }
  const bare = clause.replaceAll(/[`"]/gu, "");
  const change = changePattern.exec(clause);
  if (change !== null) {
    return { kind: "change", from: unquote(change[1]), to: unquote(change[2]), path: unquote(change[3]) };
  }
  if (overviewPattern.test(bare)) {
    return { kind: "overview" };
  }
  return (
    readFileClause(bare) ?? readTaskClause(bare) ?? readFindClause(clause, previous) ?? { kind: "unknown", clause }
  );
}

function readFileClause(clause: string): Wish | undefined {
  const [, file, start, end] = readPattern.exec(clause) ?? [];
  if (file === undefined) {
    return undefined;
  }
  const startLine = start === undefined ? {} : { startLine: Number(start) };
  const endLine = start === undefined ? {} : { endLine: Number(end ?? start) };
  return { kind: "read", path: file, ...startLine, ...endLine };
}

function readTaskClause(clause: string): Wish | undefined {
  if (listPattern.test(clause)) {
    return { kind: "list-tasks" };
  }
  if (/^(?:where|find|search|how)\b/iu.test(clause)) {
    return undefined;
  }
  if (testsPattern.test(clause)) {
    return { kind: "run", label: "test", clause };
  }
  if (buildPattern.test(clause)) {
    return { kind: "run", label: "build", clause };
  }
  const label = runPattern.exec(clause)?.[1] ?? chorePattern.exec(clause)?.[1];
  return label === undefined ? undefined : { kind: "run", label, clause };
}

/** "find A and B" asks for B too. */
function readFindClause(clause: string, previous: Wish | undefined): Wish | undefined {
  const subject = findPattern.exec(clause)?.[1];
  if (subject !== undefined) {
    return searchPatterns(subject).length === 0 ? undefined : { kind: "find", clause, subject };
  }
  const goesOn = previous?.kind === "find" && clause.split(/\s+/u).length <= 4;
  return goesOn ? { kind: "find", clause: `find ${clause}`, subject: clause } : undefined;
}

function unquote(text = ""): string {
  return text.replace(/^([`"'])(.*)\1$/u, "$2");
}
