import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

const webview = join(import.meta.dirname, "..", "..", "..", "webview");
const sheets = readdirSync(webview, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".css"));

const functions = /(?<![\w-])(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|light-dark)\(/iu;
const hex = /#[\da-f]{3,8}(?![\w-])/iu;
const names = new RegExp(
  `(?<![\\w-])(?:${[
    "aqua|beige|black|blue|brown|coral|crimson|cyan|fuchsia|gold|gr[ae]y|green|indigo|ivory|khaki|lavender|lime",
    "magenta|maroon|navy|olive|orange|orchid|pink|plum|purple|red|salmon|sienna|silver|snow|tan|teal|tomato|turquoise",
    "violet|wheat|white|yellow",
    "(?:alice|blanched|cadet|corn|dark|deep|dim|dodger|fire|floral|forest|ghost|green|hot|indian|lawn|lemon|light)[a-z]+",
    "(?:medium|midnight|pale|peach|powder|rebecca|rosy|royal|saddle|sandy|sea|sky|slate|spring|steel|white|yellow)[a-z]+",
    "canvas|canvastext|buttonface|buttontext|field|fieldtext|graytext|highlight|highlighttext|linktext|mark|marktext",
  ].join("|")})(?![\\w-])`,
  "iu",
);

/** The declarations of a style sheet whose value names a colour that is no theme's. */
function rawColours(css: string): readonly string[] {
  const declarations = css
    .replaceAll(/\/\*[\s\S]*?\*\//gu, "")
    .matchAll(/(?<=[{;]\s*)(?<property>[-\w]+)\s*:\s*(?<value>[^;{}]+)(?=[;}])/gu);
  return [...declarations].flatMap(({ groups: { property = "", value = "" } = {} }) => {
    const bare = value.replaceAll(/--[\w-]+|"[^"]*"/gu, "");
    const isRaw = hex.test(bare) || functions.test(bare) || names.test(bare);
    return isRaw ? [`${property}: ${value.trim()}`] : [];
  });
}

describe("the colours of the panel", () => {
  it("UX97 are the theme's: no style sheet names one of its own", () => {
    assert.ok(sheets.length > 20);
    const raw = sheets.flatMap((name) => rawColours(readFileSync(join(webview, name), "utf8")));
    assert.deepEqual(raw, []);
  });

  for (const declaration of [
    ...["color: #fff", "border: 1px solid #00000080", "background: rgb(0 0 0 / 50%)", "color: hsla(0, 0%, 0%, 1)"],
    ...["color: white", "border: 1px solid Red", "color: var(--vscode-foreground, black)", "color: oklch(50% 0 0)"],
    ...["background: color-mix(in srgb, rebeccapurple 20%, transparent)", "color: CanvasText", "fill: darkorange"],
  ]) {
    it(`UX97 a colour of its own is found: ${declaration}`, () => {
      assert.deepEqual(rawColours(`.a:hover { margin: 0; ${declaration}; }`), [declaration]);
    });
  }

  it("UX97 the theme's, the text's and none are no colours of its own", () => {
    const css = `/* white */ .red { color: var(--vscode-charts-blue, currentColor); background: transparent; color: inherit;
      white-space: pre; background: color-mix(in srgb, var(--vscode-charts-red) 90%, transparent) }`;
    assert.deepEqual(rawColours(css), []);
  });
});
