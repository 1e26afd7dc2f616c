/** U+00A0 to U+00FF in their order, as HTML 4 names them. */
const latin =
  "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/** Names, and the characters that they stand for in the same order. */
const groups: readonly (readonly [names: string, characters: string])[] = [
  [
    "quot amp apos lt gt excl num dollar percnt lpar rpar ast plus comma period sol colon semi equals quest commat lsqb lbrack bsol rsqb rbrack lowbar grave lcub lbrace verbar vert rcub rbrace",
    "\"&'<>!#$%()*+,./:;=?@[[\\]]_`{{||}}",
  ],
  [
    "OElig oelig Scaron scaron Yuml fnof circ tilde Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho Sigma Tau Upsilon Phi Chi Psi Omega alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega thetasym upsih piv image weierp real alefsym",
    "ŒœŠšŸƒˆ˜ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρςστυφχψωϑϒϖℑ℘ℜℵ",
  ],
  [
    "ndash mdash lsquo rsquo sbquo ldquo rdquo bdquo dagger Dagger bull hellip permil prime Prime lsaquo rsaquo oline frasl euro trade check cross star starf hyphen horbar",
    "–—‘’‚“”„†‡•…‰′″‹›‾⁄€™✓✗☆★‐―",
  ],
  [
    "larr uarr rarr darr harr crarr lArr uArr rArr dArr hArr forall part exist empty nabla isin notin ni prod sum minus lowast radic prop infin ang and or cap cup int there4 sim cong asymp ne equiv le ge sub sup nsub sube supe oplus otimes perp sdot lceil rceil lfloor rfloor lang rang loz spades clubs hearts diams",
    "←↑→↓↔↵⇐⇑⇒⇓⇔∀∂∃∅∇∈∉∋∏∑−∗√∝∞∠∧∨∩∪∫∴∼≅≈≠≡≤≥⊂⊃⊄⊆⊇⊕⊗⊥⋅⌈⌉⌊⌋⟨⟩◊♠♣♥♦",
  ],
  ["ensp emsp thinsp zwnj zwj lrm rlm Tab NewLine", "\u2002\u2003\u2009\u200c\u200d\u200e\u200f\u0009\u000a"],
];

/** Each name that is read, with its one character: those of HTML 4, and those of ASCII and of ticks and stars. */
export const characterReferences: ReadonlyMap<string, string> = new Map<string, string>([
  ...latin.split(" ").map((name, index) => [name, String.fromCodePoint(0xa0 + index)] as const),
  ...groups.flatMap(([names, characters]) => {
    const all = [...characters];
    return names.split(" ").map((name, index) => [name, all[index] ?? ""] as const);
  }),
]);

/**
 * A named character reference (`&mdash;`) as its character; another text, or a name that is none of these, as it is. Stands in for the
 * function of the same name of `entities` in the panel's bundle: HTML's whole table of 2,125 names is a sixth of all that the
 * panel loads (docs/decisions/0007-character-references.md).
 */
export function decodeHTMLStrict(reference: string): string {
  return characterReferences.get(reference.slice(1, -1)) ?? reference;
}
