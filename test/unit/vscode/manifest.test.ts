import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import * as z from "zod";
import { repositoryRoot } from "../../../scripts/paths.mjs";

const manifest: {
  readonly activationEvents: readonly string[];
  readonly contributes: Readonly<Record<string, unknown>>;
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
} = JSON.parse(readFileSync(join(repositoryRoot, "package.json"), "utf8"));

/** Every source of the extension, by its path below `src`. */
function sources(): readonly (readonly [string, string])[] {
  const folder = join(repositoryRoot, "src");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => [name, readFileSync(join(folder, name), "utf8")]);
}

function filesWith(pattern: RegExp): readonly string[] {
  return sources().flatMap(([name, text]) => (pattern.test(text) ? [name] : []));
}

describe("the extension's manifest and sources", () => {
  it("Q03 UX4 nothing starts the extension but its view, its commands and a link that the user lets through", () => {
    assert.deepEqual(manifest.activationEvents, ["onUri"]);
    assert.deepEqual(Object.keys(manifest.contributes).toSorted(), [
      "commands",
      "configuration",
      "keybindings",
      "menus",
      "submenus",
      "views",
      "viewsContainers",
      "walkthroughs",
    ]);
  });

  it("every setting has its row in docs/settings.md, and none counts from an untrusted folder", () => {
    const { configuration } = z
      .object({ configuration: z.object({ properties: z.record(z.string(), z.unknown()) }) })
      .parse(manifest.contributes);
    const document = readFileSync(join(repositoryRoot, "docs", "settings.md"), "utf8");
    const names = Object.keys(configuration.properties);
    const isTold = (name: string): boolean =>
      [name, name.slice("outcrop.".length)].some((text) => document.includes(`\`${text}\``));
    assert.deepEqual(
      names.filter((name) => !isTold(name)),
      [],
    );
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.deepEqual([...restrictedConfigurations].toSorted(), names.toSorted());
  });

  it("J10 a link of the operating system is heard at one place, which leads to the composer alone", () => {
    assert.deepEqual(filesWith(/registerUriHandler/), ["extension.ts"]);
  });

  it("I18 no text is shown as Markdown of the editor's own, trusted or not", () => {
    assert.deepEqual(filesWith(/MarkdownString|supportHtml/), []);
  });

  it("J03 links leave the editor at one place, behind the dialog that shows where they lead", () => {
    assert.deepEqual(filesWith(/openExternal/), ["vscode/open-link.ts"]);
  });

  it("I17 one place makes the panel's frame, and none opens a port to it", () => {
    assert.deepEqual(filesWith(/localResourceRoots/), ["vscode/panel-html.ts"]);
    assert.deepEqual(filesWith(/createWebviewPanel/), ["vscode/usage/usage-panel.ts"]);
    assert.deepEqual(filesWith(/portMapping|enableCommandUris:\s*true/), []);
  });
});
