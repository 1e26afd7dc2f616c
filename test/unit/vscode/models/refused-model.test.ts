import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Connection } from "../../../../src/protocol/connection.ts";
import { RefusedModel } from "../../../../src/vscode/models/refused-model.ts";

const asking = (modelId: string): Connection => ({ kind: "bedrock", modelId });
const never = () => false;

describe("a model that AWS refused when it was selected", () => {
  it("UX6 is known as long as it would be asked", () => {
    for (const access of ["no-agreement", "not-authorized", "not-in-region"] as const) {
      const refused = new RefusedModel();
      refused.selected("a", access);
      assert.equal(refused.isAsked(asking("a"), never), true);
      assert.equal(refused.isAsked(asking("b"), never), false);
      assert.equal(refused.isAsked({ kind: "demo" }, never), false);
      refused.forget();
      assert.equal(refused.isAsked(asking("a"), never), false);
    }
  });

  it("UX6 is not said of one that may be invoked, or of which nothing is known", () => {
    const refused = new RefusedModel();
    for (const access of ["available", "unknown"] as const) {
      refused.selected("a", "no-agreement");
      refused.selected("a", access);
      assert.equal(refused.isAsked(asking("a"), never), false);
    }
  });

  it("UX6 is none any more once it has answered", () => {
    const refused = new RefusedModel();
    refused.selected("a", "no-agreement");
    assert.equal(
      refused.isAsked(asking("a"), (id) => id === "a"),
      false,
    );
    assert.equal(refused.isAsked(asking("a"), never), false);
  });
});
