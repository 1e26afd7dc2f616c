import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setLanguage } from "../../../../src/protocol/localize.ts";
import type { PickableModel } from "../../../../src/vscode/models/model-source.ts";
import { factsOf, type PickerRow, type PickerState, pickerRows } from "../../../../src/vscode/models/picker-rows.ts";

const sonnet: PickableModel = {
  id: "us.sonnet",
  name: "US Sonnet",
  group: "geographic",
  contextTokens: 200_000,
  price: { input: 3.3, output: 16.5, cacheRead: 0.33, cacheWrite: 4.125, date: "2026-11-20" },
  features: ["caching", "thinking", "images", "tools"],
  destinations: "us-east-1, us-west-2",
};
const nova: PickableModel = {
  id: "amazon.nova",
  name: "Nova",
  group: "on-demand",
  contextTokens: 1_000_000,
  price: { input: 0.035, output: 0.14 },
  features: ["tools"],
  destinations: "us-east-1",
};
const own: PickableModel = { id: "arn:x", name: "team", group: "yours", features: [], destinations: "us-east-1" };
const none: PickerState = {
  current: undefined,
  favourites: [],
  recents: [],
  models: [nova, sonnet, own],
  access: new Map(),
  missing: [],
  pricesDate: "2026-11-20",
  catalogueDate: undefined,
};

function shown(state: Partial<PickerState>): readonly string[] {
  return pickerRows({ ...none, ...state }).map((row) => (row.kind === "separator" ? `— ${row.label}` : row.label));
}

function rowOf(id: string, state: Partial<PickerState>): Extract<PickerRow, { kind: "model" }> {
  const row = pickerRows({ ...none, ...state }).find(({ kind, ...rest }) => "model" in rest && rest.model.id === id);
  return row?.kind === "model" ? row : assert.fail(`${id} is not shown`);
}

describe("the rows of the picker", () => {
  it("stand in groups, one's own profiles first", () => {
    assert.deepEqual(shown({}), [
      "— Your inference profiles",
      "team",
      "— Geographic inference profiles",
      "US Sonnet",
      "— On demand, in this region",
      "Nova",
    ]);
  });

  it("begin with favourites and what was used last, each model once", () => {
    const recents = ["amazon.nova", "us.sonnet", "gone"];
    assert.deepEqual(shown({ favourites: ["amazon.nova"], recents, current: "arn:x" }), [
      "— Favourites",
      "Nova",
      "— Recently used",
      "$(check) team",
      "US Sonnet",
    ]);
  });

  it("UX29 tell the model's facts, and leave out what is not known", () => {
    assert.equal(
      factsOf(sonnet, "2026-11-20"),
      "200K context · $3.30 in, $16.50 out · caching ($0.33 read, $4.125 write), thinking, images, tools · us-east-1, us-west-2",
    );
    assert.equal(factsOf(nova), "1M context · $0.035 in, $0.14 out · tools · us-east-1");
    assert.equal(factsOf(own), "price unknown · us-east-1");
  });

  it("UX29 UX93 tell the price of the cache as far as it is known, and of what day a price is where it is another", () => {
    const read: PickableModel = { ...nova, features: ["caching"], price: { input: 1, output: 2, cacheRead: 0.00875 } };
    assert.equal(factsOf(read, "2026-11-20"), "1M context · $1 in, $2 out · caching ($0.00875 read) · us-east-1");
    const plain: PickableModel = { ...read, price: { input: 1, output: 2, date: "2026-11-20" } };
    assert.equal(factsOf(plain, "2026-11-20"), "1M context · $1 in, $2 out · caching · us-east-1");
    assert.equal(rowOf("us.sonnet", {}).detail, factsOf(sonnet, "2026-11-20"));
    const old: PickableModel = { ...nova, price: { input: 1, output: 2, date: "2026-01-22" } };
    assert.match(
      rowOf("amazon.nova", { models: [old] }).detail,
      / · \$1 in, \$2 out · prices of 2026-01-22 · tools · /,
    );
  });

  it("UX98 write numbers and prices as the display language does", (context) => {
    setLanguage("de", undefined);
    context.after(() => setLanguage(undefined, {}));
    const facts = factsOf({ ...nova, contextTokens: 131_072 }).replaceAll(/\s/gu, " ");
    assert.equal(facts, "131.072 context · 0,035 $ in, 0,14 $ out · tools · us-east-1");
  });

  it("mark the one in use, and favourites", () => {
    assert.equal(rowOf("us.sonnet", { current: "us.sonnet" }).label, "$(check) US Sonnet");
    assert.equal(rowOf("us.sonnet", { favourites: ["us.sonnet"] }).isFavourite, true);
    assert.equal(rowOf("us.sonnet", {}).isFavourite, false);
  });

  it("mark what the account may not invoke, and what the lock keeps back, before it", () => {
    const access = new Map([["us.sonnet", "no-agreement"]] as const);
    const denied = rowOf("us.sonnet", { access });
    assert.equal(denied.label, "$(circle-slash) US Sonnet");
    assert.match(denied.detail, /^No access yet: accept its terms/);
    const models = [{ ...sonnet, blocked: "may be answered in us-west-2" }];
    assert.equal(
      rowOf("us.sonnet", { access, models }).detail,
      "Blocked by outcrop.allowedRegions: may be answered in us-west-2",
    );
    assert.equal(
      rowOf("us.sonnet", { access: new Map([["us.sonnet", "unknown"]]) }).detail,
      factsOf(sonnet, none.pricesDate),
    );
  });

  it("say the day of the catalogue where its models are shown", () => {
    const models = [{ ...nova, group: "catalogue" as const }];
    assert.match(shown({ models, catalogueDate: "2026-11-20" })[0] ?? "", /^— Catalogue of 2026-11-20/);
  });

  it("end with what could not be listed, and what helps", () => {
    const denied = { action: "bedrock:ListImportedModels", isDenied: true, message: "no" };
    const failed = { action: "bedrock:ListPromptRouters", isDenied: false, message: "Token is expired" };
    assert.deepEqual(pickerRows({ ...none, models: [], missing: [denied, failed] }), [
      { kind: "retry", label: "$(refresh) Some models could not be listed: try again", detail: "Token is expired" },
      {
        kind: "copy",
        label: "$(info) Your IAM policy leaves models out of this list: copy the actions that it lacks",
        detail: "bedrock:ListImportedModels",
        text: "bedrock:ListImportedModels",
      },
    ]);
    assert.equal(
      shown({ models: [], missing: [failed, failed] })[0],
      "$(refresh) The models could not be listed: try again",
    );
  });
});
