import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, it } from "node:test";
import { textReply } from "../../src/emulator/replies.ts";
import { goldenModels, goldenRequest, goldenSettings, longText } from "../support/golden-request.ts";
import { nameOf, openWire, textOf, transports, useOwnEnvironment } from "../support/wire-call.ts";

useOwnEnvironment();

/** Writes the files anew, to be looked at and formatted; never set where tests judge. */
const writes = process.env["OUTCROP_WRITE_GOLDEN"] === "1";

for (const transport of transports) {
  describe(`golden requests over ${nameOf(transport)}`, () => {
    for (const [name, modelId] of Object.entries(goldenModels)) {
      it(`B7.124 B7.118 B7.113 the request for ${name} is this one, and is accepted`, async (test) => {
        const wire = await openWire(test, transport, () => textReply("Fine."));
        const own = { modelId, maxTokens: 4_096, request: goldenSettings };
        const { capabilities } = wire.pool.model({ ...wire.settings, ...own });
        const { events, error } = await wire.call(own, { request: goldenRequest(capabilities) });
        assert.deepEqual([error?.error, textOf(events)], [undefined, "Fine."]);
        const [received] = wire.emulator.requests;
        const told = { operation: received?.path.split("/").at(-1), body: received?.body };
        const text = JSON.stringify(told)
          .replaceAll(longText, "<long text>")
          .replaceAll(longText.trim(), "<long text>");
        const file = new URL(`golden/${name}.json`, import.meta.url);
        if (writes) writeFileSync(file, `${JSON.stringify(JSON.parse(text), null, 2)}\n`);
        // As text: the order of the keys counts.
        assert.equal(text, JSON.stringify(JSON.parse(readFileSync(file, "utf8"))));
      });
    }
  });
}
