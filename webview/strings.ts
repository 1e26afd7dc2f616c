import { displayLanguage, formatNumber, plural, setLanguage, t, text } from "../src/protocol/localize.ts";

export { formatNumber, plural, t, text };

// Unit tests have no page.
if (typeof document !== "undefined") readLanguage();

/** The page says what it is written in: `panelHtml`. Before anything else of the panel, since all of it imports this. */
function readLanguage(): void {
  const { translations } = document.getElementById("outcrop")?.dataset ?? {};
  setLanguage(document.documentElement.lang || undefined, parseBundle(translations));
}

/** Written by the host; where it is no bundle the page is in English. */
function parseBundle(json: string | undefined): Record<string, string> | undefined {
  if (json === undefined) return undefined;
  const bundle: unknown = JSON.parse(json);
  if (typeof bundle !== "object" || bundle === null) return undefined;
  return Object.fromEntries(Object.entries(bundle).filter(([, text]) => typeof text === "string"));
}

/** Made once: making one takes longer than a hundred uses, and a long chat shows thousands of numbers. */
const formats: { tenths?: Intl.NumberFormat; time?: Intl.DateTimeFormat } = {};

/** A part of one as a whole percentage: `88 %`. */
export function formatShare(share: number): string {
  return t("{0}\u00a0%", formatNumber(Math.round(share * 100)));
}

/** For example `0.8 s`, `12 s`, `3 min 5 s`; number and unit stay on one line, here and below. */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) {
    formats.tenths ??= new Intl.NumberFormat(displayLanguage(), { maximumFractionDigits: 1 });
    return t("{0}\u00a0s", formats.tenths.format(seconds));
  }
  const whole = Math.round(seconds);
  if (whole < 60) return t("{0}\u00a0s", formatNumber(whole));
  return t("{0}\u00a0min {1}\u00a0s", formatNumber(Math.floor(whole / 60)), formatNumber(whole % 60));
}

/** From here on a countdown shows minutes, in seconds. */
const minutesFrom = 120;

/** A wait in whole seconds, for example `7 s`, `90 s`, `2 min 5 s`. */
export function formatWait(seconds: number): string {
  return seconds < minutesFrom ? t("{0}\u00a0s", formatNumber(seconds)) : formatDuration(seconds * 1000);
}

/** The time of day of a moment in milliseconds since the epoch, to the second. */
export function formatTime(at: number): string {
  formats.time ??= new Intl.DateTimeFormat(displayLanguage(), { timeStyle: "medium" });
  return formats.time.format(at);
}

/** For example `512 B`, `48 KB`. */
export function formatSize(bytes: number): string {
  return bytes < 1024 ? t("{0}\u00a0B", formatNumber(bytes)) : t("{0}\u00a0KB", formatNumber(Math.round(bytes / 1024)));
}
