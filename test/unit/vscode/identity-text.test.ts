import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { describeSession, failedIdentityText, identityText, timeLeft } from "../../../src/vscode/identity-text.ts";

const now = Date.parse("2026-11-29T12:00:00Z");
const later = (minutes: number): Date => new Date(now + minutes * 60_000);

describe("identityText", () => {
  it("shows source, account and region, and in the tooltip all that is known", () => {
    const identity = {
      source: "work",
      kind: "sso",
      account: "777788889999",
      arn: "arn:aws:sts::777788889999:assumed-role/Dev/jane",
      region: "eu-central-1",
      expiration: later(60),
      session: { until: later(460), renews: false },
      overrides: ["Not used, because the profile work was chosen: AWS_PROFILE."],
    };
    assert.deepEqual(identityText(identity, "IAM Identity Center", now), {
      text: "$(account) work · 777788889999 · eu-central-1",
      tooltip: [
        "Amazon Bedrock as work: IAM Identity Center",
        "arn:aws:sts::777788889999:assumed-role/Dev/jane",
        "Region eu-central-1",
        "IAM Identity Center: signed in, 7 h 40 min left",
        "Credentials renewed or needed again in 1 h",
        "Not used, because the profile work was chosen: AWS_PROFILE.",
        "Click to select another identity.",
      ].join("\n"),
      isWarning: false,
    });
  });

  it("warns in the bar itself of a session that ends soon and does not renew itself", () => {
    const soon = (renews: boolean) =>
      identityText(
        { source: "old", kind: "sso-legacy", session: { until: later(12), renews }, overrides: [] },
        "IAM Identity Center",
        now,
      );
    assert.deepEqual([soon(false).text, soon(false).isWarning], ["$(warning) old · 12 min left", true]);
    assert.deepEqual([soon(true).text, soon(true).isWarning], ["$(account) old", false]);
  });

  it("says what is wrong where the credentials do not work", () => {
    assert.deepEqual(failedIdentityText("work", "The session has ended."), {
      text: "$(warning) work: sign in",
      tooltip: "The session has ended.\nClick to select another identity.",
      isWarning: true,
    });
  });
});

describe("describeSession and timeLeft", () => {
  it("tell the time that is left, or that there is none", () => {
    assert.equal(describeSession({ until: later(-1), renews: false }, now), "signed out");
    assert.equal(describeSession({ until: later(-1), renews: true }, now), "signed in, renews itself");
    assert.equal(describeSession({ until: later(90), renews: true }, now), "signed in, 1 h 30 min left, renews itself");
    assert.deepEqual([timeLeft(59_000), timeLeft(60_000), timeLeft(7_200_000)], ["less than a minute", "1 min", "2 h"]);
  });
});
