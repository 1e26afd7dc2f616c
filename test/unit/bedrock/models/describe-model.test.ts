import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { catalogueEntry, priceFromCatalogue } from "../../../../src/bedrock/catalogue/catalogue.ts";
import { describeModel } from "../../../../src/bedrock/models/describe-model.ts";

const listed = (id: string) =>
  describeModel(
    { id, name: id, group: "geographic", baseModelId: undefined, destinations: { kind: "everywhere" } },
    [],
  );

describe("a model as the picker has it", () => {
  it("UX29 UX93 has the rates of the cache as well, and the day of its price", () => {
    const id = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
    const { input, output, cacheRead, cacheWrite } = priceFromCatalogue(id) ?? assert.fail();
    assert.ok(cacheRead !== undefined && cacheWrite !== undefined);
    const { date } = catalogueEntry(id) ?? assert.fail();
    assert.deepEqual(listed(id).price, { input, output, cacheRead, cacheWrite, date });
  });

  it("UX93 has no rate that is not known", () => {
    const { price } = listed("ai21.jamba-1-5-large-v1:0");
    assert.deepEqual(Object.keys(price ?? {}).toSorted(), ["date", "input", "output"]);
    assert.equal(listed("nobody.knows-it-v1:0").price, undefined);
  });
});
