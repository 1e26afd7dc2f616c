import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ToolError } from "../../../../src/agent/tool.ts";
import { fillUrl, parametersOf, templateProblem } from "../../../../src/tools/http/url-template.ts";

const template = "https://api.example.com/v1/shipments/{id}/legs/{leg}?lang={lang}";

describe("the address of an HTTP tool", () => {
  it("names its parameters, each once", () => {
    assert.deepEqual(parametersOf(`${template}&again={id}`), ["id", "leg", "lang"]);
  });

  it("encodes every argument, so that none leaves its place", () => {
    const { href } = fillUrl(template, { id: "a/../b?c#d", leg: 2, lang: "de&admin=1" });
    assert.equal(href, "https://api.example.com/v1/shipments/a%2F..%2Fb%3Fc%23d/legs/2?lang=de%26admin%3D1");
  });

  it("joins a list with commas", () => {
    assert.equal(fillUrl("https://a.example/{ids}", { ids: ["1", "2,3"] }).pathname, "/1%2C2%2C3");
  });

  it("refuses what would be the way up, and what is no plain value", () => {
    for (const id of [".", "..", "", null, undefined, {}, [], ["a", ""]]) {
      assert.throws(() => fillUrl("https://a.example/s/{id}/x", { id }), ToolError, JSON.stringify(id));
    }
    assert.equal(fillUrl("https://a.example/s/{id}/x", { id: "%2e%2e" }).pathname, "/s/%252e%252e/x");
  });

  it("is http or https, with a host that no argument decides, and without a sign-in", () => {
    const problems = (url: string): string | undefined => templateProblem(url, ["id"]);
    assert.equal(problems("https://api.example.com:8443/s/{id}"), undefined);
    assert.equal(problems("http://10.0.0.7"), undefined);
    for (const url of [
      "ftp://a.example/{id}",
      "https://{id}.example/x",
      "https://a.example{id}",
      "https://a.example/x#{id}",
      "/s/{id}",
      "https://user:pw@a.example/{id}",
      "https://a.example/{id",
      "https://a.example/}",
      "https://a.example/{other}",
      "https://a.example:99999/",
    ]) {
      assert.equal(typeof problems(url), "string", url);
    }
  });
});
