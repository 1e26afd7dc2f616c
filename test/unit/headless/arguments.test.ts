import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ArgumentError } from "../../../src/headless/argument-error.ts";
import { parseTurnArguments } from "../../../src/headless/arguments.ts";

const required = ["--workspace", ".", "--prompt", "Hi"];

describe("parseTurnArguments", () => {
  it("takes headers one by one, with everything behind the first = as the value", () => {
    const argv = ["--authentication", "none", "--header", "Authorization=Bearer a=b", "--header", "x-team=search"];
    const parsed = parseTurnArguments([...required, ...argv]);
    assert.equal(parsed?.authentication, "none");
    assert.deepEqual(parsed?.headers, { Authorization: "Bearer a=b", "x-team": "search" });
  });

  it("has no headers and signs with what there is, where nothing is said", () => {
    const parsed = parseTurnArguments(required);
    assert.deepEqual([parsed?.authentication, parsed?.headers], ["automatic", {}]);
  });

  const refused: readonly (readonly [readonly string[], string])[] = [
    [["--authentication", "yes"], "--authentication takes automatic, aws, apiKey, keys, none."],
    [["--header", "x-team"], "--header takes NAME=VALUE."],
    [["--header", "x-team=a", "--header", "x-team=b"], "--header x-team is given twice."],
    [["--header", "x_team=canary"], 'The header "x_team" of --header cannot be signed: its name holds a "_".'],
    [
      ["--header", "x-team=canary\r\nHost: evil"],
      'The header "x-team" of --header cannot be sent: its value holds a line break or another character outside printable ASCII.',
    ],
  ];
  for (const [argv, message] of refused) {
    it(`B1.11 refuses ${JSON.stringify(argv)}`, () => {
      assert.throws(
        () => parseTurnArguments([...required, ...argv]),
        (error) => error instanceof ArgumentError && error.message === message,
      );
    });
  }
});
