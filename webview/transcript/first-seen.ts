import { groupsOf } from "./kept-scroll.ts";

/** The place of the first turn item that ends below the upper edge of what is seen, or their number. Nothing is laid out for it in groups that are skipped. */
export function firstSeen(scroller: Element): number {
  const { groups, group, inGroup } = lookFor(scroller);
  return groups.slice(0, group).reduce((sum, { childElementCount }) => sum + childElementCount, inGroup);
}

/** The turn items of the groups around the upper edge, and the place among them of `firstSeen`. However many turns there are, it takes the same time. */
export function nearTop(scroller: Element): { readonly items: readonly Element[]; readonly seen: number } {
  const { groups, group, inGroup } = lookFor(scroller);
  const before = itemsOf(groups[group - 1]);
  return {
    items: [...before, ...itemsOf(groups[group]), ...itemsOf(groups[group + 1])],
    seen: before.length + inGroup,
  };
}

/** The first group that ends below the upper edge, and the first of its items that does. */
function lookFor(scroller: Element) {
  const top = scroller.getBoundingClientRect().top + 1;
  const groups = groupsOf(scroller);
  const group = firstBelow(groups, top);
  return { groups, group, inGroup: firstBelow(itemsOf(groups[group]), top) };
}

function itemsOf(group: Element | undefined): readonly Element[] {
  return [...(group?.children ?? [])];
}

function firstBelow(elements: readonly Element[], top: number): number {
  let [low, high] = [0, elements.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((elements[middle]?.getBoundingClientRect().bottom ?? top) > top) high = middle;
    else low = middle + 1;
  }
  return low;
}
