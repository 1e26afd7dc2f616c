import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import * as z from "zod";
import { repositoryRoot } from "../../../scripts/paths.mjs";
import { readManifest } from "../../support/read-manifest.ts";

const item = z.object({
  command: z.string().optional(),
  submenu: z.string().optional(),
  when: z.string().optional(),
  group: z.string().optional(),
});
const picture = z.union([z.string(), z.record(z.string(), z.string())]);
const step = z.object({
  description: z.string(),
  media: z.object({ image: picture, altText: z.string().min(1) }),
  completionEvents: z.array(z.string()).min(1),
});
const { contributes } = z
  .object({
    contributes: z.object({
      commands: z.array(z.object({ command: z.string(), title: z.string(), icon: z.string().optional() })),
      menus: z.record(z.string(), z.array(item)),
      submenus: z.array(z.object({ id: z.string(), label: z.string() })),
      keybindings: z.array(z.object({ command: z.string(), key: z.string(), mac: z.string().optional() })),
      viewsContainers: z.record(z.string(), z.array(z.object({ id: z.string() }))),
      walkthroughs: z.array(z.object({ steps: z.array(step) })),
    }),
  })
  .parse(readManifest());
const { commands, menus, submenus, keybindings, walkthroughs } = contributes;
const known = new Set(commands.map(({ command }) => command));

/** The commands of a menu, those of its submenus as well. */
function commandsOf(menu: string): readonly string[] {
  return (menus[menu] ?? []).flatMap(({ command, submenu }) => [
    ...(command === undefined ? [] : [command]),
    ...(submenu === undefined ? [] : commandsOf(submenu)),
  ]);
}

describe("the menus, keys and walkthrough of the manifest", () => {
  it("UX1 the view is in the secondary sidebar, and nowhere else", () => {
    assert.deepEqual(contributes.viewsContainers, { secondarySidebar: [{ id: "outcrop" }] });
  });

  it("UX3 the view's title has at most three icons beside the overflow, each a command with an icon", () => {
    const icons = (menus["view/title"] ?? []).filter(({ group = "" }) => group.startsWith("navigation"));
    assert.ok(icons.length >= 2 && icons.length <= 3, `${icons.length} icons`);
    for (const { command } of icons) {
      assert.ok(commands.find((one) => one.command === command)?.icon, command);
    }
    assert.equal(icons[0]?.command, "outcrop.newChat");
    assert.equal(icons.at(-1)?.command, "outcrop.openSettings");
  });

  it("UX25 Add to Chat is in the menus of editor, Explorer, editor title, tab, terminal and Source Control, and on a key", () => {
    const places = [
      "editor/context",
      "explorer/context",
      "editor/title",
      "editor/title/context",
      "scm/resourceState/context",
    ];
    for (const menu of places) assert.ok(commandsOf(menu).includes("outcrop.addToChat"), menu);
    assert.ok(commandsOf("terminal/context").includes("outcrop.addTerminalToChat"));
    assert.ok(keybindings.some(({ command }) => command === "outcrop.addToChat"));
  });

  it("the editor's menu asks, explains, fixes, tests, documents, summarizes, edits and reviews", () => {
    const names = [
      "ask",
      "addToChat",
      "explain",
      "fix",
      "writeTests",
      "document",
      "summarize",
      "editSelection",
      "reviewChanges",
    ];
    assert.deepEqual(
      commandsOf("editor/context"),
      names.map((name) => `outcrop.${name}`),
    );
  });

  it("every command and submenu that is named is there, and says when", () => {
    for (const [menu, items] of Object.entries(menus)) {
      for (const { command, submenu, when } of items) {
        if (command !== undefined) assert.ok(known.has(command), command);
        if (submenu !== undefined)
          assert.ok(
            submenus.some(({ id }) => id === submenu),
            submenu,
          );
        assert.ok(when !== undefined || menu.startsWith("outcrop."), `${menu}: ${command ?? submenu}`);
      }
    }
    for (const { command, key, mac } of keybindings) {
      assert.ok(known.has(command), command);
      assert.equal(mac ?? key, key.replaceAll("ctrl", "cmd"));
    }
  });

  it("what a menu of one place needs is not in the palette without it", () => {
    const hidden = menus["commandPalette"] ?? [];
    const places = ["webview/context", "outcrop.terminal", "outcrop.editor"];
    for (const command of places.flatMap(commandsOf)) {
      assert.ok(
        hidden.some((one) => one.command === command),
        command,
      );
    }
  });

  it("the walkthrough has five steps, with pictures for every theme that are there and commands that are there", () => {
    const [{ steps = [] } = {}, ...more] = walkthroughs;
    assert.deepEqual([steps.length, more], [5, []]);
    for (const { description, media, completionEvents } of steps) {
      const { image } = media;
      if (typeof image !== "string") assert.deepEqual(Object.keys(image), ["dark", "light", "hc", "hcLight"]);
      for (const path of typeof image === "string" ? [image] : Object.values(image)) {
        assert.ok(existsSync(join(repositoryRoot, path)), path);
      }
      const links = [...description.matchAll(/\(command:([\w.]+)\)/gu)].map(([, command = ""]) => command);
      const events = completionEvents.map((event) => event.replace(/^onCommand:/u, ""));
      for (const command of [...links, ...events]) assert.ok(known.has(command), command);
      assert.ok(links.length > 0);
    }
  });
});
