import { findChromium } from "./find-chromium.mjs";

/**
 * Two lists that drop down from the address bar, which nobody sees without a window: Chromium renders both anew for every page,
 * in processes of their own, and a page takes three times as long to open (measured with Chromium 156).
 */
const popups = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"];

/** A process that waits for the next site, started anew behind each page: a tenth of the time in which a page opens and closes. */
const spareRenderer = "SpareRendererForSitePerProcess";

/** What Playwright 1.65 turns off itself (`chromiumSwitches.ts`): Chromium heeds the last such flag alone. */
const turnedOffByPlaywright = [
  ...["AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"],
  ...[
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
  ],
  ...["AvoidCorsURLLoaderRestartOnRedirect", "TcpPortRandomizationWin", "OptimizationHints"],
  ...["NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"],
];

/**
 * Starts a headless Chromium with an empty profile of its own; whoever asked closes it.
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
    `--disable-features=${[...turnedOffByPlaywright, ...popups, spareRenderer].join(",")}`,
  ];
  return chromium.launch({
    executablePath: findChromium(),
    headless: true,
    args: flags,
  });
}
