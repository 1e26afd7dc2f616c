/** What a frame tells of itself. */
export type Told =
  | { readonly kind: "polite" | "assertive"; readonly text: string; readonly isTerminal: boolean }
  /** Another element has the focus, or none. */
  | { readonly kind: "focus" }
  | { readonly kind: "mouse"; readonly text: string };

/**
 * Runs in every frame before its scripts: tells what its live regions say, as a screen reader takes it over, that the focus
 * moved, and that there was a mouse. Stands alone, since its text is sent to the frame.
 */
export function tellWhatIsSpoken(): void {
  const tell = (told: Told): void => void Reflect.get(globalThis, "screenReaderIsTold")(told);
  const regions = "[aria-live], [role=alert], [role=status], [role=log]";
  const said = new WeakMap<Element, string>();

  const politenessOf = (region: Element): string =>
    region.getAttribute("aria-live") ?? (region.getAttribute("role") === "alert" ? "assertive" : "polite");

  /** Of a region that is not read as a whole, what was added at its end. */
  const newsOf = (region: Element, text: string): string => {
    const before = said.get(region) ?? "";
    const isAtomic = region.matches("[role=alert], [role=status], [aria-atomic=true]");
    return !isAtomic && text.startsWith(before) ? text.slice(before.length) : text;
  };
  const speak = (region: Element): void => {
    const text = region.textContent ?? "";
    if (said.get(region) === text) return;
    const news = newsOf(region, text).replaceAll(/\s+/g, " ").trim();
    said.set(region, text);
    const kind = politenessOf(region);
    const isHidden = !region.isConnected || region.closest("[aria-hidden=true]") !== null || !region.checkVisibility();
    if (news === "" || isHidden || (kind !== "polite" && kind !== "assertive")) return;
    tell({ kind, text: news, isTerminal: region.closest(".xterm") !== null });
  };
  const focusMoved = (): void => tell({ kind: "focus" });

  /** An alert that comes with its text is read out; any other region has to be there before. */
  const alertsIn = (added: Node): readonly Element[] =>
    added instanceof Element
      ? [...(added.matches("[role=alert]") ? [added] : []), ...added.querySelectorAll("[role=alert]")]
      : [];
  const regionsOf = ({ target, addedNodes }: MutationRecord): readonly Element[] => {
    const region = (target instanceof Element ? target : target.parentElement)?.closest(regions);
    return [...(region ? [region] : []), ...[...addedNodes].flatMap(alertsIn)];
  };
  const observer = new MutationObserver((records) => {
    const [attributes, others] = [true, false].map((is) =>
      records.filter(({ type }) => (type === "attributes") === is),
    );
    const isActive = ({ attributeName, target }: MutationRecord): boolean =>
      attributeName === "aria-activedescendant" && target === document.activeElement;
    if (attributes?.some(isActive)) focusMoved();
    for (const region of new Set(others?.flatMap(regionsOf))) speak(region);
  });
  const focusLeft = (): void => void requestAnimationFrame(() => requestAnimationFrame(focusMoved));
  const mouseCame = ({ type }: Event): void => tell({ kind: "mouse", text: type });

  // A webview's document is written anew into the same window, which takes away what listened to it.
  let listened: Element | null = null;
  const listen = (): void => {
    if (listened === document.documentElement) return;
    listened = document.documentElement;
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    document.addEventListener("focusin", focusMoved, true);
    document.addEventListener("focusout", focusLeft, true);
    window.addEventListener("focus", focusMoved);
    for (const type of ["mousedown", "pointerdown", "mousemove", "wheel", "touchstart"]) {
      window.addEventListener(type, mouseCame, { capture: true, passive: true });
    }
    focusMoved();
  };
  listen();
  setInterval(listen, 10);
}
