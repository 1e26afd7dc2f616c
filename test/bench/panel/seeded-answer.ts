import { SeededRandom } from "../../soak/seeded-random.ts";

/** Longest token of running text, in UTF-16 units; with its space a token has four on average. */
const longestToken = 5;

const words =
  "the delay grows with each attempt until it reaches its limit and then stays there so that a server which was busy is asked again later while callers that gave up are told why their request ended and what helps".split(
    " ",
  );
const names = ["retryDelay", "openStream", "countTokens", "readJournal", "TurnRunner", "maximumMs", "fitResult"];
const languages = ["ts", "python", "json", "bash", "css"];

/** What makes marks, brackets and tables go wrong, in one paragraph. */
const hostile = [
  "[a](b [c](d **e _f `g ~~h ![i](j <script>alert(1)</script> [[[[[[[[ ]]]]]]]] ",
  "*a **b* c** _d __e_ f__ `` ` `` \\* &amp; &#0; https://e.x/a_b_c http://[::1 ",
  "| x | y | z 1. - + > # ".repeat(8),
  "**".repeat(40),
].join("");

/** An answer as models write them, `tokens` deltas long: prose, code, lists, tables, a hostile paragraph. The same for the same seed. */
export function seededAnswer(tokens: number, seed = 1): readonly string[] {
  const random = new SeededRandom(seed);
  const deltas: string[] = [];
  for (let block = 0; deltas.length < tokens; block += 1) deltas.push(...tokensOf(`${blockOf(block, random)}\n\n`));
  return deltas.slice(0, tokens);
}

/** Line ends go with what is before them, spaces with what follows: each token shows something. */
function tokensOf(text: string): readonly string[] {
  return text.match(new RegExp(`[^\\S\\n]*\\S{1,${longestToken}}\\n*|\\s+`, "gu")) ?? [];
}

function blockOf(index: number, random: SeededRandom): string {
  const pick = <T>(list: readonly T[]): T | undefined => list[random.below(list.length)];
  const sentence = () => {
    const length = 8 + random.below(14);
    const said = Array.from({ length }, () => {
      const word = pick(words) ?? "";
      const mark = random.next();
      if (mark < 0.04) return `**${word}**`;
      if (mark < 0.07) return `\`${pick(names)}\``;
      return mark < 0.08 ? `[${word}](src/${word}.ts:${length})` : word;
    });
    return `${said.join(" ")}.`;
  };
  const paragraph = () => Array.from({ length: 2 + random.below(3) }, sentence).join(" ");
  const lines = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, at) => line(at));
  if (index % 60 === 23) return hostile;
  switch (index % 9) {
    case 0:
      return `## ${pick(words)} ${pick(words)} ${index}`;
    case 2:
      return ["```".concat(pick(languages) ?? ""), ...lines(14 + (index % 12), codeLine), "```"].join("\n");
    case 4:
      return lines(4, (at) => (at === 2 ? `- [ ] ${sentence()}` : `- ${sentence()}`)).join("\n");
    case 5:
      return lines(3, (at) => `${at + 1}. ${sentence()}\n   - ${sentence()}`).join("\n");
    case 7:
      return ["| name | at most | why |", "| --- | ---: | --- |", ...lines(7, row)].join("\n");
    case 8:
      return `> ${sentence()}`;
    default:
      return paragraph();
  }
  function codeLine(at: number): string {
    const name = pick(names);
    return at % 5 === 4
      ? ""
      : `${"  ".repeat(at % 3)}const ${pick(words)}${at} = await ${name}("${pick(words)}", ${at}); // ${pick(words)}`;
  }
  function row(at: number): string {
    return `| \`${pick(names)}\` | ${at * 200} ms | ${pick(words)} ${pick(words)} |`;
  }
}
