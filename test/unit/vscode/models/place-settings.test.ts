import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { activeConfiguration } from "../../../../src/vscode/models/configurations.ts";
import { placeSettings } from "../../../../src/vscode/models/place-settings.ts";

const defaultOf = (key: string): unknown => (key === "profile" ? "" : undefined);
const configurations = { work: { profile: "work", authentication: "aws", model: "m" }, cheap: { model: "small" } };

describe("placeSettings", () => {
  it("an identity that is picked is the one of the configuration in use, where that names one", () => {
    const placed = placeSettings(
      { profile: "", authentication: "keys" },
      { configurations, wanted: " work ", defaultOf },
    );
    const work = { profile: "", authentication: "keys", model: "m" };
    assert.deepEqual(placed, { plain: {}, configurations: { ...configurations, work } });
    assert.deepEqual(activeConfiguration(placed.configurations, "work"), {
      kind: "active",
      name: "work",
      values: work,
    });
  });

  it("what the configuration leaves open goes to the plain settings", () => {
    const values = { endpoint: "https://gateway.example", model: "other" };
    assert.deepEqual(placeSettings(values, { configurations, wanted: "cheap", defaultOf }), {
      plain: { endpoint: "https://gateway.example" },
      configurations: { ...configurations, cheap: { model: "other" } },
    });
  });

  it("what is taken back becomes the default where the configuration held it, and is unset elsewhere", () => {
    const values = { profile: undefined, region: undefined };
    assert.deepEqual(placeSettings(values, { configurations, wanted: "work", defaultOf }), {
      plain: { region: undefined },
      configurations: { ...configurations, work: { ...configurations.work, profile: "" } },
    });
  });

  it("everything goes there where none is in use, or none of that name", () => {
    const values = { model: "other" };
    for (const [all, name] of [
      [configurations, undefined],
      [configurations, "nobody"],
      [configurations, "toString"],
      [undefined, "work"],
      [{ work: 7 }, "work"],
    ] as const) {
      assert.deepEqual(placeSettings(values, { configurations: all, wanted: name, defaultOf }), {
        plain: values,
        configurations: undefined,
      });
    }
  });
});
