import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseFromUsageView } from "../../../../src/vscode/usage/parse-from-usage-view.ts";

describe("parseFromUsageView", () => {
  it("takes exactly what the view may say", () => {
    const known = [{ type: "ready" }, { type: "show", range: 7 }, { type: "show", range: 90 }, { type: "export" }];
    assert.deepEqual(known.map(parseFromUsageView), known);
  });

  it("drops everything else", () => {
    const others = [
      ...[undefined, null, "ready", [], {}, { type: "show" }, { type: "show", range: 8 }],
      ...[
        { type: "show", range: "7" },
        { type: "export", path: "/etc/x" },
        { type: "command", command: "x" },
      ],
      ...[{ type: "approve" }, { type: "ready", extra: 1 }],
    ];
    assert.deepEqual(
      others.map(parseFromUsageView),
      others.map(() => undefined),
    );
  });
});
