import { signal } from "@preact/signals";

export type Urgency = "polite" | "assertive";

const regions = { polite: signal(""), assertive: signal("") };
const clearing: Partial<Record<Urgency, ReturnType<typeof setTimeout>>> = {};

/** Long enough for every screen reader to take a text over; who reads the page later must not meet it as news. */
const keptMs = 5000;

/** Says a text to screen readers. The same text twice in a row is said twice. */
export function announce(text: string, urgency: Urgency = "polite"): void {
  const region = regions[urgency];
  region.value = region.value === text ? `${text}\u00a0` : text;
  clearTimeout(clearing[urgency]);
  clearing[urgency] = setTimeout(() => {
    region.value = "";
  }, keptMs);
}

/** The two live regions. They stay mounted, since a region that comes with its text is not read out. */
export function Announcer() {
  return (
    <>
      <div class="visually-hidden" role="status" aria-live="polite">
        {regions.polite}
      </div>
      <div class="visually-hidden" role="alert" aria-live="assertive">
        {regions.assertive}
      </div>
    </>
  );
}
