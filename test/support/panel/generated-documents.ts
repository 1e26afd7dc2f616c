/** Fragments whose meaning depends on what comes next, which is where streaming goes wrong. */
const fragments = [
  "a",
  "b c",
  "**",
  "*",
  "_",
  "__",
  "~~",
  "`",
  "``",
  "```",
  "~~~",
  "```ts",
  "    code",
  "\t",
  "  ",
  " ",
  "\n",
  "\n\n",
  "\n\n\n",
  "- ",
  "* ",
  "+ ",
  "1. ",
  "2) ",
  "10. ",
  "> ",
  ">",
  "# ",
  "## ",
  "###",
  "---",
  "===",
  "***",
  "- - -",
  "|",
  "| a | b |",
  "|---|:-:|",
  "a | b",
  "-|-",
  "[x](y)",
  "[x]",
  "[x]: /u",
  "![i](s)",
  "(",
  ")",
  "[",
  "]",
  "<b>",
  "</b>",
  "<!-- c -->",
  "<https://e.x>",
  "https://e.x/a_b",
  "http://",
  "HTTPS://E.x",
  "://e.x",
  "www.e.x",
  "a@e.x",
  "&amp;",
  "&#0;",
  "\\",
  "\\*",
  "☐",
  "é",
  "👩‍💻",
  "- [ ] t",
  "- [x] t",
  "\r\n",
  "word",
  ".",
  "2",
  "'t",
  '"q"',
  "$",
  "=",
  "-",
  "+",
];

/** Markdown that nobody would write, the same for the same seed. */
export function generateDocument(seed: number): string {
  const random = randomNumbers(seed);
  const length = 4 + Math.floor(random() * 22);
  let text = "";
  for (let index = 0; index < length; index += 1) {
    text += fragments[Math.floor(random() * fragments.length)] ?? "";
    if (random() < 0.22) text += "\n";
  }
  return text;
}

/** Numbers from 0 to 1 (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
