import { findChromium } from "./find-chromium.mjs";

/**
 * Starts a headless Chromium with an empty profile of its own.
 * @returns {Promise<import("playwright-core").Browser>}
 */
export async function launchChromium() {
  const { chromium } = await import("playwright-core");
  const flags = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  return chromium.launch({
    executablePath: findChromium(),
    headless: true,
    args: flags,
  });
}
