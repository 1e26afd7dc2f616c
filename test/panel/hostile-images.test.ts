import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import {
  forbiddenElements,
  forbiddenIn,
  type HostilePage,
  openHostilePage,
  showAnswer,
} from "../support/panel/hostile-page.ts";
import { stepStart, text, turnEnd, turnStart } from "../support/panel/scenes.ts";
import { suiteBrowser } from "../support/panel/suite-panel.ts";

/** One point. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
);

/** A picture with something behind it that no decoder looks at. */
function pictureOf(bytes: number): string {
  return `data:image/png;base64,${Buffer.concat([png, Buffer.alloc(bytes)]).toString("base64")}`;
}

describe("images in answers", () => {
  const browser = suiteBrowser();
  let hostile: HostilePage;
  beforeEach(async () => {
    hostile = await openHostilePage(browser());
  });
  afterEach(() => hostile.close());

  it("I01 UX47 a remote image is its text, host and whole address, without a way to load it", async () => {
    const { panel, collector } = hostile;
    const address = `${collector.origin}/?q=SECRET`;
    await showAnswer(panel, `![a](${address})`);
    const host = new URL(address).host;
    assert.equal(await panel.textOf(".image-text"), `a (image on ${host}, not loaded: ${address})`);
    assert.deepEqual(await forbiddenIn(panel), []);
    assert.equal(await panel.page.locator(".image-text :is(a, button), a .image-text").count(), 0);
    await panel.page.locator(".image-text").click();
    await hostile.assertSilent();
  });

  it("I02 neither reference images nor elements that fetch become elements", async () => {
    const { panel, collector } = hostile;
    const address = `${collector.origin}/x`;
    const markup = [
      `<img src="${address}">`,
      `<picture><source srcset="${address}"></picture>`,
      `<svg><image href="${address}"/></svg>`,
      `<div style="background:url(${address})">`,
      `<style>body { background: url(${address}) }</style>`,
      `<input type=image src="${address}">`,
      `<video poster="${address}"></video>`,
      `<link rel=prefetch href="${address}">`,
      `<meta http-equiv=refresh content="0;url=${address}">`,
      `<iframe src="${address}"></iframe>`,
      `<object data="${address}"></object>`,
    ];
    const source = [`![a][ref] ![ref][] ![ref]`, ...markup, ...markup.map((tag) => `x ${tag}`), `[ref]: ${address}`];
    await showAnswer(panel, source.join("\n\n"));
    assert.deepEqual(await forbiddenIn(panel), []);
    assert.equal(await panel.page.locator(".image-text").count(), 3);
    const shown = await panel.textOf(".answer .markdown");
    assert.deepEqual(
      markup.filter((tag) => !shown.includes(tag)),
      [],
    );
    await hostile.assertSilent();
  });

  it("I03 UX47 no prefix of a streamed image asks for anything", async () => {
    const { panel, collector } = hostile;
    const address = `${collector.origin}/?q=SECRET`;
    await panel.emit(turnStart("x"), stepStart());
    const source = `![a](${address} "t") <img src="${address}"> [![b](${address})](x)\n\n![r]\n\n[r]: ${address}\n`;
    assert.deepEqual(await panel.streamLetters(source, forbiddenElements), []);
    await panel.emit(turnEnd());
    assert.deepEqual(await forbiddenIn(panel), []);
    await hostile.assertSilent();
  });

  it("I03 every prefix as a whole answer asks for nothing either", async () => {
    const { panel, collector } = hostile;
    const source = `![a](${collector.origin}/?q=1) ![b](data:image/svg+xml,<svg/>)`;
    const found: (readonly string[])[] = [];
    for (let length = 1; length <= source.length; length += 1) {
      await panel.emit(turnStart("x", [], `turn-${length}`), stepStart(), text(source.slice(0, length)), turnEnd());
      found.push(await forbiddenIn(panel));
    }
    assert.deepEqual(found.flat(), []);
    await hostile.assertSilent();
  });

  it("I04 a picture in the text is shown where it is one and no larger than a text may be; SVG and HTML never", async () => {
    const { panel } = hostile;
    const allowed = [pictureOf(0), pictureOf(200_000)];
    const refused = [
      "data:image/svg+xml,%3Csvg%20onload=alert(1)%3E",
      "data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=",
      "data:text/html,%3Cscript%3Ealert(1)%3C/script%3E",
      "data:image/png;base64,PHN2Zz48L3N2Zz4=",
      "DATA:image/svg+xml,x",
    ];
    await showAnswer(panel, [...refused, ...allowed].map((source) => `![a](${source})`).join("\n\n"));
    const images = panel.page.locator(".answer img");
    await images.last().waitFor();
    const widths = await images.evaluateAll((elements) =>
      elements.map((element) => (element instanceof HTMLImageElement ? [element.src, element.naturalWidth] : [])),
    );
    assert.deepEqual(
      widths,
      allowed.map((source) => [source, 1]),
    );
    assert.equal(await panel.page.locator(".image-text").count(), refused.length);
    await panel.emit(turnStart("y", [], "turn-2"), stepStart(), text(`![a](${pictureOf(1_048_577)})`), turnEnd());
    assert.equal(await images.count(), allowed.length);
    await hostile.assertSilent();
  });
});
