import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { buildRequest } from "../../../../src/tools/http/build-request.ts";
import { readHttpTools } from "../../../../src/tools/http/http-tool-definition.ts";

function built(changed: Readonly<Record<string, unknown>>, values: Readonly<Record<string, unknown>>) {
  const names = ["id", "page", "tags", "order"];
  const properties = Object.fromEntries(names.map((name) => [name, true]));
  const plain = {
    name: "t",
    description: "T.",
    url: "https://a.example/s/{id}?v=1",
    input: { type: "object", properties },
  };
  const [definition] = readHttpTools([{ ...plain, ...changed }]).definitions;
  assert.ok(definition);
  return buildRequest(definition, values);
}

describe("buildRequest", () => {
  it("puts what is left into the query where there is no body", () => {
    const values = { id: "1", page: 2, tags: ["a b", "c"], order: { by: "date" } };
    const query = "v=1&page=2&tags=a+b&tags=c&order=%7B%22by%22%3A%22date%22%7D";
    assert.deepEqual(built({}, values), { url: `https://a.example/s/1?${query}` });
    assert.deepEqual(built({ method: "DELETE" }, { id: "1", page: null }), { url: "https://a.example/s/1?v=1" });
  });

  it("makes a JSON body of it where there is one, but for what belongs into the query", () => {
    const values = { id: "1", page: 2, tags: ["a"] };
    assert.deepEqual(built({ method: "POST", query: ["page"] }, values), {
      url: "https://a.example/s/1?v=1&page=2",
      body: '{"tags":["a"]}',
    });
    assert.deepEqual(built({ method: "PUT" }, { id: "1" }).body, "{}");
  });

  it("sends one argument as the whole body, and none where nothing can be in it", () => {
    const values = { id: "1", page: 2, order: [1, 2] };
    assert.deepEqual(built({ method: "POST", body: "order" }, values), {
      url: "https://a.example/s/1?v=1&page=2",
      body: "[1,2]",
    });
    const input = { type: "object", properties: { id: {} } };
    assert.deepEqual(built({ method: "POST", input }, { id: "1" }), { url: "https://a.example/s/1?v=1" });
  });
});
