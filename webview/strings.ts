/**
 * Every text that the panel shows goes through here, so that translations have one way in.
 * `{0}`, `{1}` … in `text` stand for `values`.
 */
export function t(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d+)\}/g, (mark, index: string) => String(values[Number(index)] ?? mark));
}

/** Chooses between two texts whose `{0}` is the number. */
export function plural(count: number, one: string, many: string): string {
  return t(count === 1 ? one : many, formatNumber(count));
}

/** VS Code puts its display language on the root element. */
function displayLanguage(): string | undefined {
  return document.documentElement.lang || undefined;
}

export function formatNumber(value: number): string {
  return new Intl.NumberFormat(displayLanguage()).format(value);
}

/** A part of one as a whole percentage: `88 %`. */
export function formatShare(share: number): string {
  return t("{0}\u00a0%", formatNumber(Math.round(share * 100)));
}

/** For example `0.8 s`, `12 s`, `3 min 5 s`; number and unit stay on one line, here and below. */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) {
    const digits = { maximumFractionDigits: 1 };
    return t("{0}\u00a0s", new Intl.NumberFormat(displayLanguage(), digits).format(seconds));
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
  return new Intl.DateTimeFormat(displayLanguage(), { timeStyle: "medium" }).format(at);
}

/** For example `512 B`, `48 KB`. */
export function formatSize(bytes: number): string {
  return bytes < 1024 ? t("{0}\u00a0B", formatNumber(bytes)) : t("{0}\u00a0KB", formatNumber(Math.round(bytes / 1024)));
}
