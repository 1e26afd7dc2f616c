/** Letters of other scripts that look like an ASCII letter, from Unicode's confusables: https://www.unicode.org/Public/security/ */
const lookAlikes = new Set("аеорсухіјѕһԁԛԝӏкмтвнАВЕКМНОРСТХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧαονρυιкɑɡıℓոսցհᎪᎬᎳᏟ");
/** Punctuation that looks like a dot, a slash or a hyphen, and the full-width forms of ASCII. */
const lookAlikePunctuation =
  /[\u2024\u2027\u00b7\u2044\u2215\u29f8\u2571\u2010-\u2015\u2212\u3002\u2236\ua789\uff01-\uff5e\uff61]/gu;

/** A name that could be read as one in ASCII: every letter beyond ASCII has its double there. */
export function looksLikeAscii(name: string): boolean {
  const others = [...name].filter((letter) => letter > "\x7f");
  return others.length > 0 && others.every((letter) => lookAlikes.has(letter));
}

/** Dots, slashes and hyphens that are none, replaced. */
export function replaceLookAlikePunctuation(text: string, replace: (codePoint: number) => string): string {
  return text.replace(lookAlikePunctuation, (letter) => replace(letter.codePointAt(0) ?? 0));
}
