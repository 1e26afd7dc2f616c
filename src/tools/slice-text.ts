/** `text.slice`, moved inwards by one where it would cut a surrogate pair: half a character is no valid text for the model. */
export function sliceText(text: string, from: number, to: number = text.length): string {
  const start = isLowSurrogate(text, from) ? from + 1 : from;
  const end = isLowSurrogate(text, to) ? to - 1 : to;
  return text.slice(start, Math.max(start, end));
}

function isLowSurrogate(text: string, index: number): boolean {
  const unit = index > 0 && index < text.length ? text.charCodeAt(index) : 0;
  return unit >= 0xdc00 && unit <= 0xdfff;
}
