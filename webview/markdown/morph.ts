/**
 * Makes `target` equal to `source` and keeps every node that can stay, so that selection, focus and scroll position inside it
 * survive. Both have the same node name; `source` is used up.
 */
export function morph(target: Node, source: Node): void {
  if (target instanceof CharacterData && source instanceof CharacterData) {
    morphText(target, source.data);
    return;
  }
  if (target instanceof Element && source instanceof Element) morphAttributes(target, source);
  const wanted = [...source.childNodes];
  for (const [index, child] of wanted.entries()) {
    const existing = target.childNodes[index];
    if (existing === undefined) target.appendChild(child);
    else if (existing.nodeName === child.nodeName) morph(existing, child);
    else target.replaceChild(child, existing);
  }
  while (target.childNodes.length > wanted.length) target.lastChild?.remove();
}

/** Appending keeps a selection that reaches into the text; replacing the data does not. */
export function morphText(target: CharacterData, text: string): void {
  if (target.data === text) return;
  if (text.startsWith(target.data)) target.appendData(text.slice(target.data.length));
  else target.data = text;
}

function morphAttributes(target: Element, source: Element): void {
  for (const name of target.getAttributeNames()) {
    if (!source.hasAttribute(name)) target.removeAttribute(name);
  }
  for (const name of source.getAttributeNames()) {
    const value = source.getAttribute(name) ?? "";
    if (target.getAttribute(name) !== value) target.setAttribute(name, value);
  }
}
