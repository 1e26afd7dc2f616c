/** 53 bits of a text, the same on every machine and in every version: names made of it stay the same in a history. */
export function stableHash(text: string): string {
  let left = 0xdeadbeef;
  let right = 0x41c6ce57;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    left = Math.imul(left ^ code, 2654435761);
    right = Math.imul(right ^ code, 1597334677);
  }
  left = Math.imul(left ^ (left >>> 16), 2246822507) ^ Math.imul(right ^ (right >>> 13), 3266489909);
  right = Math.imul(right ^ (right >>> 16), 2246822507) ^ Math.imul(left ^ (left >>> 13), 3266489909);
  return (2 ** 32 * (right & 0x1fffff) + (left >>> 0)).toString(36).padStart(11, "0");
}
