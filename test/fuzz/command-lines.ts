import { programTables } from "../../src/policy/commands/program-tables.ts";
import type { SeededRandom } from "../soak/seeded-random.ts";

/** Names in the folder where lines are run, those among them that look like flags, and names that are not there. */
const names = [
  ..."a.txt b.txt src src/c.ts data.json . ./a.txt sub/d.txt -rf --output=made -o made made/new PATH 0 x.sh ls link".split(
    " ",
  ),
  ..."made.txt src/made '*' 'a b.txt' \"a b.txt\" '--output=made' ../a.txt /etc/passwd /dev/null .env HEAD HEAD~1 main :a.txt".split(
    " ",
  ),
];
const values = [
  ..."1 2 -1 +2 0 1,2 a b a.b 'a b' \"x y\" '.a' . %s '%s\\n' '%n' '%h %s' '%G?' '+%F' 010101 '1,2p' '1w made' '$p' '1e touch made'".split(
    " ",
  ),
  ..."name,1 never always iso line word 10K json oneline 'touch made' '(' ')' '!' -a ts txt f d -nt = -eq '{}' ';' + '+'".split(
    " ",
  ),
  ..."'s/a/b/w made' 'import \"a\" as $x; .' 'env' '$(touch made)' '`touch made`' 'a[$(touch made)]' -- - -x -- --".split(
    " ",
  ),
];
/** Flags that write or run, and other things that a careless list lets through. */
const hostile = [
  ..."-o -omade --output=made --output made -i -delete -exec -execdir -ok -fprint -fls -fprintf -w -O -s -T --compress-program=./x.sh".split(
    " ",
  ),
  ..."--pre=./x.sh --pre -z --outp=made -v --ext-diff --textconv --no-index -c -C --exec-path=. -D -d -m -f --files0-from=a.txt -u".split(
    " ",
  ),
  ..."--show-signature --edit-description --set-upstream-to=x -t --hostname-bin=./x.sh -uo --list -n 5 --contains --format=%G?".split(
    " ",
  ),
];
const programs = [
  ..."touch rm mv cp tee ln mkdir ./x.sh ./ls sh bash env xargs sudo eval exec source . cd export unset alias set trap command".split(
    " ",
  ),
  ..."perl python3 awk dd install truncate time coproc builtin [ [[ ! { if for while case function declare read printf".split(
    " ",
  ),
];
const joints = [
  ..." | ,| , && ,&&, ; ,;, || , & , |& , > , >made, >> , 2>made , < a.txt , > /dev/null , 2>&1 , 2>/dev/null , >& ,\n, &> made , <<< a ,".split(
    ",",
  ),
];
const scraps = [
  ..."' \" \\ $ ` ( ) { } [ ] * ? ~ ! # ; & | < > = : , % ^ @ + - _ . / 0 9 a é \t".split(" "),
  ..."$(touch_made) `touch_made` $x $_x $((1)) <(touch_made) \n \r \u00a0 \u200b \u202e ü ß à"
    .split(" ")
    .map((text) => text.replace("_m", " m")),
];

/** Makes command lines: mostly of the programs with tables and their own flags, then damaged more or less. */
export class CommandLines {
  readonly #dice: SeededRandom;
  readonly #tables = [...programTables().values()];

  constructor(dice: SeededRandom) {
    this.#dice = dice;
  }

  next(): string {
    let line = this.#command();
    while (this.#dice.next() < 0.3)
      line += this.#pick(this.#dice.next() < 0.6 ? [" | ", " && ", "|", "&&"] : joints) + this.#command();
    if (this.#dice.next() < 0.1) line += this.#pick([" 2>&1", " >/dev/null", " 2>/dev/null", " > /dev/null 2>&1"]);
    while (this.#dice.next() < 0.2) line = this.#damage(line);
    return line;
  }

  #command(): string {
    if (this.#dice.next() < 0.05)
      return [this.#pick(programs), ...this.#many(() => this.#pick([...names, ...values]))].join(" ");
    const table = this.#pick(this.#tables);
    const flags = table.style === "options" || table.style === "expression" ? Object.entries(table.flags) : [];
    const forms = table.style === "forms" ? table.forms : [];
    const start = [table.program, ...(table.subcommand === undefined ? [] : [table.subcommand])];
    if (forms.length > 0 && this.#dice.next() < 0.7)
      return [...start, ...this.#pick(forms).map((word) => this.#filled(word))].join(" ");
    const words = this.#many(() => this.#word(flags.map(([name, { kinds }]) => ({ name, kinds }))));
    return [...start, ...words.map((word) => this.#quoted(word))].join(" ");
  }

  #word(flags: readonly { readonly name: string; readonly kinds: readonly string[] }[]): string {
    const at = this.#dice.next();
    if (at < 0.5 && flags.length > 0) {
      const { name, kinds } = this.#pick(flags);
      if (kinds.length === 0) return name;
      const joint = name.startsWith("--") && this.#dice.next() < 0.5 ? "=" : " ";
      return [name, ...kinds.map((kind) => this.#filled(`<${kind}>`))].join(joint);
    }
    if (at < 0.55) return this.#pick(hostile);
    return at < 0.85 ? this.#pick(names) : this.#pick(values);
  }

  /** A value that mostly fits its kind. */
  #filled(shape: string): string {
    const kind = /^<(.+)>$/.exec(shape)?.[1];
    if (kind === undefined) return shape;
    if (/path|tree|revision|pathspec/.test(kind)) return this.#pick(names);
    if (/number|range|list|key/.test(kind)) return String(this.#dice.below(20));
    return this.#dice.next() < 0.5 ? this.#pick(["a", "b", "word", "'%s'", "x1"]) : this.#pick(values);
  }

  #quoted(word: string): string {
    if (this.#dice.next() > 0.08 || /['"]/.test(word)) return word;
    const at = this.#dice.below(word.length + 1);
    return this.#pick([
      `'${word}'`,
      `"${word}"`,
      `${word.slice(0, at)}''${word.slice(at)}`,
      `${word.slice(0, at)}'${word.slice(at)}'`,
    ]);
  }

  #damage(line: string): string {
    const at = this.#dice.below(line.length + 1);
    const to = at + this.#dice.below(4);
    switch (this.#dice.below(5)) {
      case 0:
        return line.slice(0, at) + line.slice(to);
      case 1:
        return line.slice(0, at) + line.slice(at).toUpperCase();
      case 2:
        return line.slice(0, at) + line.slice(at, to) + line.slice(at);
      default:
        return line.slice(0, at) + this.#pick(scraps) + line.slice(at);
    }
  }

  #many(make: () => string): readonly string[] {
    return Array.from({ length: this.#dice.below(5) }, make);
  }

  #pick<Item>(from: readonly Item[]): Item {
    const item = from[this.#dice.below(from.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  }
}
