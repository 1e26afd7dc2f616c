/** One way to search: a pattern for `search_files`. */
export interface SearchPattern {
  readonly pattern: string;
  readonly regex: boolean;
}

const stopWords = new Set(
  `a an the this that these those of for in on at to by with from into and or not is are was were be been being do does did
  i we you it its my our your me us here there all any every some place places file files line lines code function functions
  method class part logic thing things project workspace repo repository everywhere exactly actually really currently used
  use uses called call calls computed compute computes calculated calculate calculates defined define defines implemented
  implement implements declared declare handled handle handles located found find made done set sent kept stored happen happens
  work works come comes live lives get gets created create creates`.split(/\s+/u),
);

/** From the most exact to the widest; empty when the subject has no word to search for. */
export function searchPatterns(subject: string): readonly SearchPattern[] {
  const quoted = /[`"'](.+?)[`"']/u.exec(subject)?.[1];
  if (quoted !== undefined) {
    return [{ pattern: quoted, regex: false }];
  }
  const identifier = subject.split(/\s+/u).map(trimmed).find(isIdentifier);
  if (identifier !== undefined) {
    return [{ pattern: identifier.replace(/\(\)$/u, ""), regex: false }];
  }
  const words = searchWords(subject);
  const patterns = [
    ...(words.length === 0 ? [] : [words.join("[-_. ]?")]),
    ...(words.length < 2 ? [] : [[words.join(".*"), [...words].reverse().join(".*")].join("|")]),
    ...longestFirst(words.length < 2 ? [] : words),
    ...longestFirst(words.map(stem)).filter((word) => !words.includes(word)),
  ];
  return [...new Set(patterns)].map((pattern) => ({ pattern, regex: true }));
}

/** The words of a subject that are worth searching for, in lower case. */
export function searchWords(subject: string): readonly string[] {
  const words = subject.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !stopWords.has(word));
}

function trimmed(word: string): string {
  return word.replace(/[?!,.;:]+$/u, "");
}

/** camelCase, snake_case, CONSTANT_CASE, dotted or called names: to be searched as they stand. */
function isIdentifier(word: string): boolean {
  return /^[A-Za-z_$][\w$.]*(?:\(\))?$/u.test(word) && /[a-z][A-Z]|\w_\w|\w\.\w|\(\)$|^\$/u.test(word);
}

function longestFirst(words: readonly string[]): readonly string[] {
  return words.toSorted((one, other) => other.length - one.length).filter((word) => word.length > 2);
}

function stem(word: string): string {
  return word.length > 5 ? word.replace(/(?:ies|ing|ed|es|s)$/u, "") : word;
}
