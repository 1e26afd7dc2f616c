import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import { allBut, examine, healthy, inPlaceOfAws, keys } from "../support/doctor-run.ts";
import { makeSelfSigned, trust } from "../support/self-signed.ts";
import { useOwnEnvironment } from "../support/wire-call.ts";

useOwnEnvironment();

describe("the doctor over TLS", () => {
  it("names what is wrong with a certificate that nobody trusts, and shows its chain", async (test) => {
    const emulator = await startEmulator({ script: healthy, tls: makeSelfSigned(), credentials: keys });
    test.after(() => emulator.close());
    await inPlaceOfAws(test, emulator.url);
    const { states, line } = await examine();
    assert.deepEqual(states, {
      ...allBut("skipped", { identity: "pass", region: "pass", proxy: "pass", certificate: "fail" }),
    });
    const certificate = line("certificate");
    assert.equal(
      certificate.state === "fail" && certificate.what,
      "The certificate of 127.0.0.1 is signed by itself, not by an issuer that this computer trusts.",
    );
    assert.match(
      (certificate.state === "fail" && certificate.fix) || "",
      /PEM file in outcrop\.caBundle or AWS_CA_BUNDLE/,
    );
    const [first, code] = certificate.details ?? [];
    assert.match(first ?? "", /^Certificate 1: 127\.0\.0\.1, issued by 127\.0\.0\.1, valid until .* GMT$/);
    assert.equal(code, "Node's code: DEPTH_ZERO_SELF_SIGNED_CERT");
    assert.equal(emulator.requests.length, 0);
  });

  it("passes where the certificate is trusted", async (test) => {
    const tls = makeSelfSigned();
    trust(tls);
    const emulator = await startEmulator({ script: healthy, tls, credentials: keys });
    test.after(() => emulator.close());
    await inPlaceOfAws(test, emulator.url);
    const { states } = await examine();
    assert.deepEqual(states, allBut("pass", { guardrail: "skipped" }));
  });

  it("is canceled in the middle of a call, whose connection is closed", async (test) => {
    const stopped = new AbortController();
    const emulator = await startEmulator({
      script: () => {
        stopped.abort(new Error("canceled"));
        return { fault: { kind: "stall", afterEvents: 1 } };
      },
    });
    test.after(() => emulator.close());
    await inPlaceOfAws(test, emulator.url);
    await assert.rejects(examine({}, {}, stopped.signal), /canceled/);
    const last = emulator.requests.at(-1);
    while (last?.endedAt === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(last.closedByClient, true);
  });
});
