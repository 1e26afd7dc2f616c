export interface HiddenCharacter {
  /** U+202E and the like. */
  readonly name: string;
  readonly isDirectionControl: boolean;
  /** Offset in UTF-16 units. */
  readonly position: number;
}

/** What cannot be seen or told from a space: controls, format characters, line separators, unassigned and private code points. */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/u;
const directionControl = /\p{Bidi_Control}/u;

/** The first character that hides, apart from a tab; undefined where every one can be seen. */
export function findHiddenCharacter(text: string): HiddenCharacter | undefined {
  let position = 0;
  for (const character of text) {
    if (character !== "\t" && hidden.test(character)) {
      const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
      return { name: `U+${code}`, isDirectionControl: directionControl.test(character), position };
    }
    position += character.length;
  }
  return undefined;
}
