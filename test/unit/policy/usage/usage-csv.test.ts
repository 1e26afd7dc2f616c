import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { usageCsv } from "../../../../src/policy/usage/usage-csv.ts";
import type { UsageRecord } from "../../../../src/policy/usage/usage-record.ts";

const record: UsageRecord = {
  ...{ time: "2026-11-21T08:00:00.000Z", day: "2026-11-21", session: "s1", model: "m", region: "eu-west-1" },
  ...{ host: null, profile: "work" },
  usage: {
    ...{ inputTokens: 10, outputTokens: 2, cacheReadInputTokens: 30, cacheWriteInputTokens: 5 },
    hourCacheWriteInputTokens: 4,
  },
  ...{ cost: 0.0000123, saved: -0.5, prices: "price table of 2026-11-21" },
};
const header =
  "time,day,session,model,region,endpoint,profile,input_tokens,output_tokens,cache_read_tokens,cache_write_tokens,cache_write_1h_tokens,cost_usd,saved_by_cache_usd,prices\r\n";

function cellsOf(change: Partial<UsageRecord>): string {
  return usageCsv([{ ...record, ...change }]).slice(header.length);
}

describe("usageCsv", () => {
  it("has a header and a line a call, which end as RFC 4180 wants", () => {
    assert.equal(
      usageCsv([record]),
      `${header}2026-11-21T08:00:00.000Z,2026-11-21,s1,m,eu-west-1,,work,10,2,30,5,4,0.0000123,-0.5,price table of 2026-11-21\r\n`,
    );
    assert.equal(usageCsv([]), header);
  });

  it("says unknown where the cost is, never zero, and zero where it is", () => {
    assert.match(
      cellsOf({ usage: null, cost: null, saved: null }),
      /,unknown,unknown,unknown,unknown,unknown,unknown,unknown,/,
    );
    assert.match(cellsOf({ cost: 0, saved: 0 }), /,0,0,price table/);
    assert.match(cellsOf({ cost: 1e-7, saved: 20 }), /,0\.0000001,20,price table/);
  });

  it("quotes what needs it, and doubles quotes within", () => {
    assert.match(cellsOf({ model: 'a,b "c"\r\nd' }), /,"a,b ""c""\r\nd",/);
  });

  it("makes no text a formula, in quotes neither", () => {
    for (const text of ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"]) {
      const cells = cellsOf({ model: text });
      assert.ok(cells.includes(`,'${text},`) || cells.includes(`,"'${text}",`), JSON.stringify(cells));
    }
    assert.match(cellsOf({ profile: '=HYPERLINK("https://x.test","y")' }), /,"'=HYPERLINK\(""https:/);
    assert.match(cellsOf({ saved: -0.25 }), /,-0\.25,/);
  });
});
