import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isModelError } from "../../../../src/agent/model.ts";
import { chooseProxy, type Target } from "../../../../src/bedrock/network/choose-proxy.ts";

const bedrock: Target = { protocol: "https:", host: "bedrock-runtime.eu-central-1.amazonaws.com", port: 443 };
const plain: Target = { protocol: "http:", host: "kong.corp.example", port: 8000 };
const own = { by: "own" } as const;

describe("chooseProxy", () => {
  it("takes the environment's by the protocol of the request, small letters first", () => {
    const environment = { HTTPS_PROXY: "http://tls:1", HTTP_PROXY: "http://capitals:2", http_proxy: "http://small:3" };
    assert.equal(chooseProxy(bedrock, own, environment)?.host, "tls:1");
    assert.equal(chooseProxy(plain, own, environment)?.host, "small:3");
    assert.equal(chooseProxy(bedrock, own, { ALL_PROXY: "http://all:4" })?.host, "all:4");
    assert.equal(chooseProxy(bedrock, own, { HTTP_PROXY: "http://plain:2" }), undefined);
    assert.equal(chooseProxy(bedrock, own, {}), undefined);
  });

  it("takes the one of the settings before that, with its user and password", () => {
    const url = chooseProxy(
      bedrock,
      { by: "own", url: "http://user:pass@proxy:3128" },
      { HTTPS_PROXY: "http://env:1" },
    );
    assert.deepEqual([url?.host, url?.username, url?.password], ["proxy:3128", "user", "pass"]);
  });

  it("understands an address without http://", () => {
    assert.equal(chooseProxy(bedrock, own, { HTTPS_PROXY: "proxy.corp:3128" })?.href, "http://proxy.corp:3128/");
  });

  for (const [entry, expected] of [
    ["bedrock-runtime.eu-central-1.amazonaws.com", true],
    ["amazonaws.com", true],
    [".amazonaws.com", true],
    ["*.AMAZONAWS.com", true],
    ["*", true],
    ["amazonaws.com:443", true],
    ["amazonaws.com:8443", false],
    ["azonaws.com", false],
    ["eu-central-1", false],
    ["other.example, .amazonaws.com", true],
    ["", false],
  ] as const) {
    it(`NO_PROXY "${entry}" ${expected ? "passes the proxy by" : "changes nothing"}`, () => {
      const environment = { HTTPS_PROXY: "http://proxy:1", NO_PROXY: entry };
      assert.equal(chooseProxy(bedrock, own, environment) === undefined, expected);
    });
  }

  it("exceptions of the settings stand in place of NO_PROXY", () => {
    const exceptions = ["corp.example"];
    const environment = { HTTPS_PROXY: "http://proxy:1", HTTP_PROXY: "http://proxy:1", NO_PROXY: "amazonaws.com" };
    assert.equal(chooseProxy(plain, { by: "own", exceptions }, environment), undefined);
    assert.equal(chooseProxy(bedrock, { by: "own", exceptions }, environment)?.host, "proxy:1");
  });

  it("asks hosts of this machine directly", () => {
    for (const host of ["localhost", "127.0.0.1", "::1"]) {
      assert.equal(chooseProxy({ ...plain, host }, { by: "own", url: "http://proxy:1" }, {}), undefined, host);
    }
  });

  it("refuses an address that no proxy has, and does not repeat it: it may hold a password", () => {
    for (const url of ["socks5://user:geheim@proxy:1080", "http://"]) {
      assert.throws(
        () => chooseProxy(bedrock, { by: "own", url }, {}),
        (error) => isModelError(error) && error.kind === "configuration" && !error.message.includes("geheim"),
        url,
      );
    }
  });
});
