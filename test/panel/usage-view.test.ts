import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { faultsInEveryTheme } from "../support/panel/accessibility-checks.ts";
import { suiteBrowser } from "../support/panel/suite-panel.ts";
import { UsagePage } from "../support/panel/usage-page.ts";
import { busyWeeks, reported, usedCall } from "../support/panel/usage-scenes.ts";

describe("the usage view", () => {
  const browser = suiteBrowser();
  let view: UsagePage;
  beforeEach(async () => {
    view = await UsagePage.open(browser());
  });
  afterEach(() => view.close());

  const totals = async () => {
    const tiles = await view.page.locator(".totals > div").all();
    return Object.fromEntries(
      await Promise.all(
        tiles.map(async (tile) => [
          await tile.locator("dt").textContent(),
          await tile.locator("dd").first().textContent(),
        ]),
      ),
    );
  };
  const rowsOf = async (name: string) => {
    const rows = await view.page.getByRole("region", { name }).locator("tbody tr").all();
    return Promise.all(rows.map((row) => row.locator("th, td").allTextContents()));
  };

  it("asks for a report, and shows its sums", async () => {
    assert.deepEqual(await view.posts(), [{ type: "ready" }]);
    await view.say(reported([usedCall(0), usedCall(1, 1, "s2"), usedCall(2, 2)]));
    assert.deepEqual(await totals(), {
      Cost: "$0.06 + 1 call of unknown cost",
      "Saved by caching": "$0.16",
      "Input tokens": "102,000",
      "Cached share of input": "88\u00a0%",
      "Output tokens": "1,500",
      "Model calls": "3",
    });
    const kinds = await view.page.locator(".total-more").textContent();
    assert.equal(kinds, "6,000 new, 90,000 read from the cache, 6,000 written to it");
    assert.match(
      (await view.page.locator(".usage-note").last().textContent()) ?? "",
      /^Prices: price table of 2026-11-21\./,
    );
  });

  it("has a table by model and by chat, the unknown cost called so", async () => {
    await view.say(reported([usedCall(0), usedCall(1, 1, "s2"), usedCall(2, 2)]));
    assert.deepEqual(await rowsOf("Usage by model"), [
      ["nova-pro", "$0.04", "34,000", "88\u00a0%", "500", "1"],
      ["claude-sonnet-4-5", "$0.02", "33,000", "91\u00a0%", "500", "1"],
      ["team-search-long-name-of-a-profile", "unknown", "35,000", "86\u00a0%", "500", "1"],
    ]);
    const chats = await rowsOf("Usage by chat");
    assert.deepEqual(
      chats.map(([, cost]) => cost),
      ["$0.04", "$0.02 + 1 call of unknown cost"],
    );
  });

  it("tells apart two models of the same name, and what the cache saved from what it lost", async () => {
    const call = usedCall(0);
    const regional = call.model.replace("global.", "us.");
    await view.say(reported([call, { ...call, model: regional, saved: -0.2 }]));
    const names = (await rowsOf("Usage by model")).map(([name]) => name);
    assert.deepEqual(names.toSorted(), [call.model, regional]);
    assert.equal((await totals())["Lost by caching"], "$0.12");
  });

  it("draws a bar a day, as high as the day was dear, and a box where a cost is unknown", async () => {
    await view.say(reported([usedCall(0), usedCall(1, 1, "s2"), usedCall(2, 2)], 7));
    const heights = await view.page
      .locator(".day-bar")
      .evaluateAll((bars) => bars.map((bar) => bar.getAttribute("height")));
    assert.deepEqual(heights, ["0", "0", "0", "0", "0", "100", "50"]);
    assert.equal(await view.page.locator(".day:nth-child(5) .day-unknown").count(), 1);
    assert.equal(await view.page.locator(".day-unknown").count(), 1);
  });

  it("shows tokens where no cost is known", async () => {
    await view.say(reported([usedCall(0, 2), usedCall(1, 2)], 7));
    await view.page.getByRole("heading", { name: "Tokens by day" }).waitFor();
    const chart = view.page.getByRole("slider", { name: "Tokens by day" });
    assert.match((await chart.getAttribute("aria-valuetext")) ?? "", /cost unknown, 1 call, 33,000 in, 500 out$/);
  });

  it("goes from day to day by the keyboard, and tells each", async () => {
    await view.say(reported([usedCall(0), usedCall(1, 1, "s2")], 7));
    await view.page.keyboard.press("Tab");
    await view.page.keyboard.press("Tab");
    await view.page.keyboard.press("Tab");
    await view.page.keyboard.press("Tab");
    await view.page.keyboard.press("Tab");
    const chart = view.page.getByRole("slider", { name: "Cost by day" });
    assert.equal(await chart.evaluate((element) => element === document.activeElement), true);
    const told = () => chart.getAttribute("aria-valuetext");
    assert.equal(await told(), "Sat, Nov 21: $0.02, 1 call, 33,000 in, 500 out");
    await view.page.keyboard.press("ArrowLeft");
    assert.equal(await told(), "Fri, Nov 20: $0.04, 1 call, 34,000 in, 500 out");
    assert.equal(await view.page.locator(".day-words").textContent(), await told());
    await view.page.keyboard.press("Home");
    assert.equal(await told(), "Sun, Nov 15: no calls");
    await view.page.keyboard.press("End");
    assert.match((await told()) ?? "", /^Sat, Nov 21/);
  });

  it("has the days as a table, newest first", async () => {
    await view.say(reported([usedCall(0), usedCall(1, 1, "s2")], 7));
    await view.page.getByRole("button", { name: "Days as a table" }).press("Enter");
    const rows = await rowsOf("Usage by day");
    assert.deepEqual(
      rows.map(([day, cost]) => [day, cost]),
      [
        ["Sat, Nov 21", "$0.02"],
        ["Fri, Nov 20", "$0.04"],
      ],
    );
  });

  it("asks for another period, and for the export", async () => {
    await view.say(reported(busyWeeks));
    assert.equal(await view.page.getByRole("button", { pressed: true }).textContent(), "30 days");
    await view.page.getByRole("button", { name: "90 days" }).press("Enter");
    await view.page.getByRole("button", { name: "Export as CSV…" }).click();
    assert.deepEqual((await view.posts()).slice(1), [{ type: "show", range: 90 }, { type: "export" }]);
  });

  it("says that nothing was used, and what would be shown", async () => {
    await view.say(reported([], 7));
    await view.page.getByText("No model calls in the last 7 days.").waitFor();
    assert.equal(await view.page.locator("table, svg.chart").count(), 0);
  });

  it("says why the ledger cannot be read, and takes no message that is not the host's", async () => {
    await view.say({ type: "failed", message: "What was used cannot be read: EACCES" });
    await view.page.getByRole("alert").getByText("EACCES").waitFor();
    await view.say({ type: "report" });
    await view.say({ type: "other" });
    assert.equal(await view.page.getByRole("alert").count(), 1);
    assert.deepEqual([await view.violations(), view.foreignRequests], [[], []]);
  });
});

describe("accessibility of the usage view", () => {
  const browser = suiteBrowser();

  it("has no axe violation, no sideways scrolling and no small target in any theme, narrow and wide", async () => {
    const view = await UsagePage.open(browser(), { width: 300 });
    await view.say(reported(busyWeeks, 90));
    await view.page.getByRole("button", { name: "Days as a table" }).click();
    const busy = await faultsInEveryTheme(view);
    await view.say(reported([]));
    assert.deepEqual([busy, await faultsInEveryTheme(view)], [[], []]);
    await view.close();
  });
});
