import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isModelError } from "../../../../src/agent/model.ts";
import type { Destinations } from "../../../../src/bedrock/models/destinations.ts";
import { assertResidency, readAllowedRegions, residencyProblem } from "../../../../src/bedrock/models/residency.ts";

const regions = (...names: readonly string[]): Destinations => ({ kind: "regions", regions: names });

describe("the residency lock", () => {
  it("is open where no region is named", () => {
    assert.equal(residencyProblem({ kind: "everywhere" }, []), undefined);
    assert.equal(residencyProblem({ kind: "everywhere" }, ["*"]), undefined);
  });

  it("lets a model be asked that stays within, by name or by the beginning of it", () => {
    assert.equal(residencyProblem(regions("eu-west-1", "eu-central-1"), ["eu-*"]), undefined);
    assert.equal(residencyProblem(regions("eu-central-1"), ["eu-central-1"]), undefined);
  });

  it("names the regions that lie outside", () => {
    assert.equal(
      residencyProblem(regions("eu-west-1", "us-east-1", "us-west-2"), ["eu-*"]),
      "may be answered in us-east-1, us-west-2",
    );
    assert.equal(residencyProblem(regions("eu-central-10"), ["eu-central-1"]), "may be answered in eu-central-10");
    assert.match(residencyProblem({ kind: "everywhere" }, ["eu-*", "us-*"]) ?? "", /any commercial region/);
  });

  it("is shut where the destinations are not known, and says why", () => {
    assert.equal(
      residencyProblem({ kind: "unknown", why: "its id does not tell" }, ["eu-*"]),
      "may be answered in regions that are not known, because its id does not tell",
    );
    assert.match(residencyProblem(regions(), ["eu-*"]) ?? "", /not known/);
  });

  it("refuses as an error of the settings that says what to pick", () => {
    assert.throws(
      () => assertResidency("global.anthropic.claude-opus-5", { kind: "everywhere" }, ["eu-*"]),
      (error) =>
        isModelError(error) &&
        error.kind === "configuration" &&
        error.retry.most === 0 &&
        error.error.actions[0] === "select-model" &&
        error.message ===
          "Nothing was sent: global.anthropic.claude-opus-5 may be answered in any commercial region of AWS, and outcrop.allowedRegions allows eu-* only. Select a model of an allowed region, or an inference profile that stays within them.",
    );
  });

  it("a setting that is not understood is refused, never taken for an open lock", () => {
    assert.deepEqual(readAllowedRegions(undefined), []);
    const lists = [" eu-central-1 ", "us-gov-*", "eusc-de-east-1", "eusc-*"];
    assert.deepEqual(readAllowedRegions(lists), ["eu-central-1", "us-gov-*", "eusc-de-east-1", "eusc-*"]);
    for (const wrong of ["eu-central-1", { eu: true }, ["Frankfurt"], [""], [7], ["eu central"], ["e*"]]) {
      assert.throws(
        () => readAllowedRegions(wrong),
        (error) => isModelError(error) && error.kind === "configuration",
      );
    }
  });
});
