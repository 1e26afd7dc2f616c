import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { repositoryRoot } from "../../../../scripts/paths.mjs";
import { type AddPrompts, addHttpTools } from "../../../../src/vscode/http/add-http-tools.ts";
import { type Answer, scriptedPrompts } from "../../../support/scripted-prompts.ts";

const openapi = readFileSync(join(repositoryRoot, "test/fixtures/help-desk/openapi.yaml"), "utf8");
const desk = "https://desk.example.com";

interface Scene {
  readonly text?: string;
  readonly written?: unknown;
  readonly onlyIn?: string;
  readonly kept?: readonly string[];
  /** Names of the tools to pick; undefined closes the list. */
  readonly pick: readonly string[] | undefined;
}

async function add({ text = openapi, written, onlyIn, kept = [], pick }: Scene, ...answers: readonly Answer[]) {
  const writes: (readonly unknown[])[] = [];
  const secrets = new Map<string, string>();
  const picked: string[] = [];
  const scripted = scriptedPrompts(...answers);
  const prompts: AddPrompts = {
    ...scripted,
    pickMany: async (_title, choices) => {
      picked.push(...choices.flatMap((choice) => (choice.picked ? [choice.label] : [])));
      return pick && choices.filter(({ label }) => pick.includes(label)).map(({ value }) => value);
    },
  };
  const done = await addHttpTools({
    prompts,
    document: { name: "desk.yaml", text },
    written,
    write: async (tools) => void writes.push(tools),
    secrets: { names: kept, set: async (name, value) => void secrets.set(name, value) },
    ...(onlyIn !== undefined && { onlyIn }),
  });
  const names = writes.at(-1)?.map((tool) => Object(tool).name);
  return { done, writes, names, secrets: Object.fromEntries(secrets), picked, asked: scripted.asked };
}

describe("addHttpTools", () => {
  it("keeps the picked operations with their document's name and hash, at the address that the user let stand or typed", async () => {
    const { done, writes, secrets } = await add({ pick: ["search_help_center"] }, `${desk}/v2/`, "k3y");
    const [tool] = writes[0] ?? [];
    assert.deepEqual([Object(tool).name, Object(tool).url], ["search_help_center", `${desk}/v2/help/search`]);
    assert.equal(Object(tool).source.document, "desk.yaml");
    assert.match(Object(tool).source.sha256, /^[0-9a-f]{64}$/);
    assert.deepEqual(secrets, { deskKey: "k3y" });
    assert.match(
      done ?? "",
      /^1 tool of desk\.yaml may be called .* Left out: POST \/labels takes multipart\/form-data, not JSON; GET \/partners refers/,
    );
  });

  it("picks again what was picked before, replaces it, and leaves all others as they are", async () => {
    const own = { name: "mine", description: "Mine.", url: desk };
    const before = {
      name: "search_help_center",
      description: "Old.",
      url: desk,
      source: { document: "desk.yaml", sha256: "0" },
    };
    const scene = { written: [own, before], kept: ["deskKey"], pick: ["get_shipment_status"] };
    const { names, picked, writes } = await add(scene, "");
    assert.deepEqual([picked, names], [["search_help_center"], ["mine", "get_shipment_status"]]);
    assert.equal(writes[0]?.[0], own);
  });

  it("adds nothing under a name that another tool has", async () => {
    const written = [{ name: "search_help_center", description: "Another.", url: desk }];
    const { done, writes } = await add({ written, pick: ["search_help_center"] }, "");
    assert.deepEqual(
      [writes, done],
      [[], "Nothing was added: there are other tools named search_help_center in outcrop.httpTools."],
    );
  });

  it("takes a list of definitions of a workspace, for its folder alone", async () => {
    const text = JSON.stringify([{ name: "ping", description: "Pings.", url: desk }, { name: "Bad" }]);
    const { writes, done } = await add({ text, onlyIn: "/ws", pick: ["ping"] });
    assert.equal(Object(writes[0]?.[0]).onlyIn, "/ws");
    assert.match(done ?? "", /Left out: HTTP tool "Bad"/);
  });

  it("whichever question is closed before the list is answered, nothing is written", async () => {
    assert.deepEqual((await add({ pick: ["search_help_center"] }, undefined)).writes, []);
    assert.deepEqual((await add({ pick: undefined }, "")).writes, []);
    const unset = await add({ pick: ["search_help_center"] }, "", undefined);
    assert.deepEqual([unset.names, unset.secrets], [["search_help_center"], {}]);
  });

  it("asks again for an address that is none", async () => {
    const { asked } = await add({ pick: undefined }, "desk", `${desk}?x=1`, desk);
    assert.equal(asked.filter((each) => each.startsWith("! ")).length, 2);
  });

  it("rejects what is no document", async () => {
    await assert.rejects(add({ text: "swagger: '2.0'", pick: [] }), /not OpenAPI 3/);
  });
});
