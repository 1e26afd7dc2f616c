import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { environmentProxy } from "../../../../src/bedrock/doctor/environment-proxy.ts";

const address = new URL("https://bedrock-runtime.eu-central-1.amazonaws.com");

describe("the proxy of the environment", () => {
  it("is the one for the address's protocol, in either case, with the variable that names it", () => {
    const url = "http://proxy:3128";
    assert.deepEqual(environmentProxy(address, { HTTPS_PROXY: url }), { url, source: "HTTPS_PROXY" });
    assert.deepEqual(environmentProxy(address, { https_proxy: url }), { url, source: "https_proxy" });
    assert.deepEqual(environmentProxy(address, { ALL_PROXY: url, HTTP_PROXY: "x" }), { url, source: "ALL_PROXY" });
    assert.deepEqual(environmentProxy(new URL("http://a.test"), { HTTP_PROXY: url }), { url, source: "HTTP_PROXY" });
    assert.equal(environmentProxy(address, { HTTP_PROXY: url }), undefined);
    assert.equal(environmentProxy(address, { HTTPS_PROXY: "" }), undefined);
  });

  for (const exempt of ["*", "amazonaws.com", ".amazonaws.com", "a.test, bedrock-runtime.eu-central-1.amazonaws.com"]) {
    it(`is none where NO_PROXY is ${exempt}`, () => {
      assert.equal(environmentProxy(address, { HTTPS_PROXY: "http://p", NO_PROXY: exempt }), undefined);
    });
  }

  it("stays where NO_PROXY names others", () => {
    for (const other of ["azonaws.com", "amazonaws.com:8443", "example.com", ""]) {
      assert.equal(environmentProxy(address, { HTTPS_PROXY: "http://p", no_proxy: other })?.url, "http://p", other);
    }
  });
});
