import { signal } from "@preact/signals";

type OnDemand = typeof import("./on-demand.ts");

/** What was loaded after the first paint; undefined until then, and where it could not be loaded. */
export const later = signal<OnDemand | undefined>(undefined);

let loading: Promise<OnDemand> | undefined;

/** Loads what the first paint does not need, once, and does something with it. */
export async function withLater(use: (parts: OnDemand) => void): Promise<void> {
  loading ??= import("./on-demand.ts");
  try {
    later.value = await loading;
  } catch {
    // The next one that needs it asks again.
    loading = undefined;
    return;
  }
  use(later.value);
}
