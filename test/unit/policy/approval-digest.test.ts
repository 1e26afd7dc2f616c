import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { approvalDigest } from "../../../src/policy/approval-digest.ts";

describe("approvalDigest", () => {
  it("is the SHA-256 of the parts as JSON, in hex", () => {
    // printf '["run","x"]' | sha256sum
    assert.equal(approvalDigest(["run", "x"]), "c0960c8ff4dada0026be8f1c7c88ee598e200b1c4963ebb6e59dab43a7c9c1d1");
  });

  it("differs where parts are cut in other places", () => {
    const digests = [
      approvalDigest(["ab", "c"]),
      approvalDigest(["a", "bc"]),
      approvalDigest(["abc"]),
      approvalDigest([["ab", "c"]]),
      approvalDigest(['ab","c']),
    ];
    assert.equal(new Set(digests).size, digests.length);
  });
});
