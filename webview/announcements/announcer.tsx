import { signal } from "@preact/signals";

export type Urgency = "polite" | "assertive";

const polite = signal("");
const assertive = signal("");

/** Says a text to screen readers. The same text twice in a row is said twice. */
export function announce(text: string, urgency: Urgency = "polite"): void {
  const region = urgency === "polite" ? polite : assertive;
  region.value = region.value === text ? `${text}\u00a0` : text;
}

/** The two live regions. They stay mounted, since a region that comes with its text is not read out. */
export function Announcer() {
  return (
    <>
      <div class="visually-hidden" role="status" aria-live="polite">
        {polite}
      </div>
      <div class="visually-hidden" role="alert" aria-live="assertive">
        {assertive}
      </div>
    </>
  );
}
