import assert from "node:assert/strict";
import { chmod, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { writeTree } from "../support/write-tree.ts";
import { fileScene, run } from "./file-scene.ts";

const privateKey = "-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----\n";
const certificate = "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----\n";

describe("ignore files and secrets", () => {
  it("C01 UX78 files of secret values ask, every time", async (test) => {
    const { ws, judge } = await fileScene(test);
    for (const path of [".env", ".env.local", "deploy/.ENV.production", "prod.env", "main.tfvars"]) {
      await writeTree(ws, { [path]: "A=b\n" });
      const { verdict, everyTime, labels, targets } = await judge("read_file", { path });
      assert.deepEqual(
        [verdict, everyTime, labels, targets[0]?.kind],
        ["ask 1", true, ["secret file"], "secret-text"],
        path,
      );
      const edit = await judge("edit_file", { path, old_text: "b", new_text: "c" });
      assert.deepEqual([edit.verdict, edit.everyTime], ["ask 1", true], path);
    }
    await writeTree(ws, { "environment.ts": "A=b\n", "src/env": "x\n" });
    for (const path of ["environment.ts", "src/env"]) {
      assert.equal((await judge("read_file", { path })).verdict, "allow", path);
    }
  });

  it("C02 keys and credential stores are read and written by no tool", async (test) => {
    const { ws, home, judge } = await fileScene(test);
    const files = {
      ...{ id_ed25519: "x", "keys/id_rsa.bak": "x", "server.pem": privateKey, "both.pem": certificate + privateKey },
      ...{ ".aws/credentials": "x", ".ssh/config": "x", ".netrc": "x", "a.p12": "x", "vault.KDBX": "x" },
      ...{ ".npmrc": "//registry.example/:_authToken=abc\n", ".kube/config": "x", "deploy.key": "x" },
      "account.json": '{"type": "service_account", "private_key": "x"}',
      "notes/renamed.txt": `\n# mine\n${privateKey}`,
    };
    await writeTree(ws, files);
    await writeTree(home, { ".ssh/id_x": "x", ".docker/config.json": "{}" });
    const paths = [...Object.keys(files), join(home, ".ssh/id_x"), join(home, ".docker/config.json")];
    for (const path of paths) assert.equal((await judge("read_file", { path })).verdict, "deny E_SECRET", path);
    for (const path of ["id_ed25519", "server.pem", "notes/renamed.txt", "new/id_rsa", "new.pem"]) {
      assert.equal((await judge("write_file", { path, content: "x" })).verdict, "deny E_SECRET", path);
    }
  });

  it("C02 what only looks like a key is an ordinary file", async (test) => {
    const { ws, judge } = await fileScene(test);
    const files = {
      ...{ "id_rsa.pub": "ssh-rsa AAAA\n", "ca.pem": certificate, ".npmrc": "save-exact=true\n", "keys.ts": "x\n" },
      ...{ "docs/tls.md": `Make a key:\n${privateKey}`, "config.json": '{"type": "service"}', "monkey.txt": "x\n" },
    };
    await writeTree(ws, files);
    for (const path of Object.keys(files)) assert.equal((await judge("read_file", { path })).verdict, "allow", path);
  });

  it("C02 a failing edit of a key tells nothing of what is in it", async (test) => {
    const { ws, judge } = await fileScene(test);
    await writeFile(join(ws, "id_rsa"), "one\none\n");
    for (const old_text of ["absent", "one"]) {
      const { verdict, message } = await judge("edit_file", { path: "id_rsa", old_text, new_text: "x" });
      assert.deepEqual(
        [verdict, message],
        [
          "deny E_SECRET",
          `E_SECRET: ${join(ws, "id_rsa")} holds keys or credentials. No tool touches it. Nothing was done.`,
        ],
      );
    }
  });

  it("C04 what the ignore file lists is out of reach of every file tool", async (test) => {
    const { ws, judge } = await fileScene(test);
    await writeTree(ws, {
      ".outcropignore": "private/**\n*.secret\n!private/open\n",
      "private/x": "x\n",
      "a.secret": "x\n",
    });
    for (const path of ["private/x", "private/new/deep", "a.secret", "sub/b.secret"]) {
      assert.equal((await judge("read_file", { path })).verdict, "deny E_IGNORED", path);
      assert.equal((await judge("write_file", { path, content: "x" })).verdict, "deny E_IGNORED", path);
      assert.equal((await judge("edit_file", { path, old_text: "x", new_text: "y" })).verdict, "deny E_IGNORED", path);
    }
    assert.equal((await judge("search_files", { pattern: "x", path: "private" })).verdict, "deny E_IGNORED");
    assert.equal((await judge("read_file", { path: "private/open" })).verdict, "allow");
    assert.equal((await judge("read_file", { path: "public/x" })).verdict, "allow");
  });

  it("C06 no other way to write its path gets at an ignored file", async (test) => {
    const { ws, judge } = await fileScene(test);
    await writeTree(ws, { ".outcropignore": "Private/**\nd\u00e9j\u00e0\n", "private/x": "x\n", "src/a.ts": "a\n" });
    await symlink("private/x", join(ws, "l"));
    await symlink("private", join(ws, "d"));
    await symlink("../src/a.ts", join(ws, "private/a.ts"));
    const ways = [
      "l",
      "d/x",
      "PRIVATE/X",
      "./private/../private/x",
      join(ws, "private/x"),
      "private/a.ts",
      "de\u0301ja\u0300",
    ];
    for (const path of ways) assert.equal((await judge("read_file", { path })).verdict, "deny E_IGNORED", path);
    assert.equal((await judge("read_file", { path: "src/a.ts" })).verdict, "allow");
  });

  it("C07 a write to the ignore file asks in a modal, and counts once it is made", async (test) => {
    const { ws, judge, prepare } = await fileScene(test);
    await writeTree(ws, { ".outcropignore": "private/**\n", "private/x": "x\n" });
    const read = async () => (await judge("read_file", { path: "private/x" })).verdict;
    assert.equal(await read(), "deny E_IGNORED");
    const input = { path: ".outcropignore", content: "other/**\n" };
    const { verdict, everyTime } = await judge("write_file", input);
    assert.deepEqual([verdict, everyTime], ["ask 2", true]);
    assert.equal(await read(), "deny E_IGNORED");
    await run(await prepare("write_file", input));
    assert.equal(await read(), "allow");
  });

  it("C08 an ignore file that goes or turns to garbage changes nothing", async (test) => {
    const { ws, judge } = await fileScene(test);
    const file = join(ws, ".outcropignore");
    const read = async (path: string) => (await judge("read_file", { path })).verdict;
    assert.deepEqual(
      [await read("private/x"), await read("a.tfstate")],
      ["allow", "deny E_IGNORED"],
      "the built-in list",
    );
    await writeFile(file, "private/**\n");
    assert.equal(await read("private/x"), "deny E_IGNORED");
    for (const garbage of [Buffer.from([0xff, 0xfe, 0x00]), Buffer.from("a\0b"), Buffer.alloc(2_000_000, "x")]) {
      await writeFile(file, garbage);
      assert.equal(await read("private/x"), "deny E_IGNORED");
    }
    await rm(file);
    assert.equal(await read("private/x"), "deny E_IGNORED");
    await mkdir(file);
    assert.equal(await read("private/x"), "deny E_IGNORED");
    await rm(file, { recursive: true });
    await writeFile(file, "other/**\n");
    await chmod(file, 0o644);
    assert.deepEqual(
      [await read("private/x"), await read("other/x")],
      ["allow", "deny E_IGNORED"],
      "good rules count again",
    );
  });

  it("C08 the ignore file takes nothing off the built-in list", async (test) => {
    const { ws, judge } = await fileScene(test);
    await writeTree(ws, { ".outcropignore": "!*.tfstate\n!id_rsa\n" });
    assert.equal((await judge("read_file", { path: "prod.tfstate" })).verdict, "deny E_IGNORED");
    assert.equal((await judge("read_file", { path: "id_rsa" })).verdict, "deny E_SECRET");
  });
});
