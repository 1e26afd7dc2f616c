const all = "outcrop-find";
const one = "outcrop-find-current";

/** Marks matches, without touching the elements that they are in. */
export function markRanges(ranges: readonly Range[], current: number): void {
  const range = ranges[current];
  CSS.highlights.set(all, new Highlight(...ranges.filter((other) => other !== range)));
  CSS.highlights.set(one, new Highlight(...(range === undefined ? [] : [range])));
}

export function clearMarks(): void {
  CSS.highlights.delete(all);
  CSS.highlights.delete(one);
}

/** Unfolds everything that a match is folded in. */
export function reveal(range: Range): void {
  const element = range.startContainer.parentElement;
  const work = element?.closest(".folded")?.closest(".answer")?.querySelector<HTMLElement>(".work-header");
  work?.click();
  for (let body = element?.closest("[hidden]"); body; body = body.parentElement?.closest("[hidden]")) {
    body.dispatchEvent(new Event("beforematch"));
  }
}
