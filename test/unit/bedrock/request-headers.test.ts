import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isModelError } from "../../../src/agent/model.ts";
import { readRequestHeaders } from "../../../src/bedrock/request-headers.ts";

const canary = "value-canary";

/** What is refused, and the message. */
const refused: readonly (readonly [unknown, string])[] = [
  [{ x_team: canary }, 'The header "x_team" of outcrop.requestHeaders cannot be signed: its name holds a "_".'],
  ...["", "x team", "x:team", "x\r\nhost", "x\u0000", "tëam", "x(team)", "x/team"].map((name): [unknown, string] => [
    { [name]: canary },
    `The header ${JSON.stringify(name)} of outcrop.requestHeaders cannot be sent: its name may hold letters, digits and hyphens.`,
  ]),
  ...["a\r\nHost: evil", "a\nb", "a\rb", "a\u0000b", "a\tb", "ünï", "a\u2028b", "a\u007f"].map(
    (value): [unknown, string] => [
      { "x-team": `${canary}${value}` },
      'The header "x-team" of outcrop.requestHeaders cannot be sent: its value holds a line break or another character outside printable ASCII.',
    ],
  ),
  [{ "x-team": " " }, 'The header "x-team" of outcrop.requestHeaders has no value.'],
  [{ "x-team": 1 }, 'The header "x-team" of outcrop.requestHeaders needs a text as its value.'],
  [{ "x-team": null }, 'The header "x-team" of outcrop.requestHeaders needs a text as its value.'],
  [{ "x-team": canary, "X-Team": canary }, 'The header "X-Team" is in outcrop.requestHeaders twice.'],
  ...["Host", "content-length", "Transfer-Encoding", "Connection", "X-Amz-Date", "x-amz-security-token"].map(
    (name): [unknown, string] => [
      { [name]: canary },
      `The header "${name}" of outcrop.requestHeaders is not yours to set: Outcrop sends its own.`,
    ],
  ),
  ["x-team=search", "outcrop.requestHeaders is not an object of header names and values."],
  [["x-team"], "outcrop.requestHeaders is not an object of header names and values."],
];

describe("readRequestHeaders", () => {
  for (const [value, message] of refused) {
    it(`B1.11 refuses ${JSON.stringify(value)}, by a message that names the setting and no value`, () => {
      assert.throws(
        () => readRequestHeaders(value, "none"),
        (error) => {
          assert.ok(isModelError(error) && error.kind === "configuration");
          assert.deepEqual(error.error, { kind: "configuration", message, actions: ["open-settings"] });
          return true;
        },
      );
      assert.ok(!message.includes(canary));
    });
  }

  for (const authentication of ["automatic", "aws", "apiKey"] as const) {
    it(`B1.11 refuses an authorization of the user's own where the SDK writes one: ${authentication}`, () => {
      const message =
        'The header "Authorization" of outcrop.requestHeaders is not yours to set: requests are signed. For a gateway with a sign-in of its own set outcrop.authentication to none.';
      assert.throws(() => readRequestHeaders({ Authorization: "Bearer x" }, authentication), { message });
    });
  }

  it("takes what can be sent, and nothing as no headers", () => {
    const headers = { Authorization: "Bearer a b~", "x-team": " search ", apikey: "k" };
    assert.deepEqual(readRequestHeaders(headers, "none"), { ...headers, "x-team": "search" });
    assert.deepEqual(readRequestHeaders(undefined, "automatic"), {});
  });
});
