import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { displayHost, showHosts } from "../../../../src/policy/display/display-host.ts";

describe("displayHost", () => {
  it("gives the host that is asked for", () => {
    assert.deepEqual(displayHost("https://AWS.amazon.com:8443/x?y#z"), {
      kind: "host",
      host: "aws.amazon.com:8443",
      address: "https://aws.amazon.com:8443/x?y#z",
      international: false,
    });
    assert.deepEqual(displayHost("https://\u0430ws.amazon.com/"), {
      kind: "host",
      host: "xn--ws-6kc.amazon.com",
      address: "https://xn--ws-6kc.amazon.com/",
      international: true,
    });
  });

  it("sees through full-width letters, numbers as addresses and backslashes", () => {
    const hosts = ["http://\uff45vil.example/", "http://0x7f.1/", "http:\\\\evil.example\\aws.amazon.com"].map(
      displayHost,
    );
    assert.deepEqual(
      hosts.map((target) => target.kind === "host" && target.host),
      ["evil.example", "127.0.0.1", "evil.example"],
    );
  });

  it("refuses a user part and names the true host", () => {
    assert.deepEqual(displayHost("https://aws.amazon.com@evil.example/"), {
      kind: "refused",
      reason: "The link names a user before its host; it leads to evil.example",
    });
  });

  it("refuses every other scheme, and what is no address", () => {
    const links = [
      "file:///etc/passwd",
      "javascript:alert(1)",
      "java\nscript:alert(1)",
      "command:x",
      "vscode://x",
      "data:text/html,x",
      "x",
      "",
    ];
    assert.deepEqual(
      links.map((link) => displayHost(link).kind),
      links.map(() => "refused"),
    );
  });
});

describe("showHosts", () => {
  it("puts the punycode behind international hosts of URLs and behind names that look like ASCII", () => {
    assert.equal(
      showHosts("curl https://\u0430ws.amazon.com/x -o a"),
      "curl https://\u0430ws.amazon.com⟦xn--ws-6kc.amazon.com⟧/x -o a",
    );
    assert.equal(showHosts("ping \u0430ws.amazon.com"), "ping \u0430ws.amazon.com⟦xn--ws-6kc.amazon.com⟧");
    assert.equal(
      showHosts("git clone https://me@b\u00fccher.example/x"),
      "git clone https://me@b\u00fccher.example⟦xn--bcher-kva.example⟧/x",
    );
  });

  it("leaves ASCII hosts and file names in other scripts alone", () => {
    const text = "curl https://aws.amazon.com/x; cat отчёт.txt r\u00e9sum\u00e9.pdf 报告.md";
    assert.equal(showHosts(text), text);
  });
});
