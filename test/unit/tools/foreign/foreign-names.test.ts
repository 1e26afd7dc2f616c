import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { foreignNames } from "../../../../src/tools/foreign/foreign-names.ts";

describe("names of tools of others", () => {
  it("never are a built-in's, and say whether a server of the MCP brought them", () => {
    assert.deepEqual(
      [...foreignNames(["read_file", "mcp_harbour_say-tide", "run.it"])],
      [
        ["read_file", "ext_read_file"],
        ["mcp_harbour_say-tide", "mcp_harbour_say_tide"],
        ["run.it", "ext_run_it"],
      ],
    );
  });

  it("are told apart by a digest where Converse would take them for one", () => {
    const names = [...foreignNames(["say-tide", "say_tide", "Say.Tide"]).values()];
    assert.equal(new Set(names).size, 3);
    for (const name of names) assert.match(name, /^ext_[Ss]ay_[Tt]ide_[0-9a-f]{8}$/);
  });

  it("have at most 64 characters and stay different", () => {
    const long = "x".repeat(70);
    const names = [...foreignNames([`${long}a`, `${long}b`]).values()];
    assert.equal(new Set(names).size, 2);
    for (const name of names) assert.match(name, /^[a-zA-Z0-9_]{64}$/);
  });
});
