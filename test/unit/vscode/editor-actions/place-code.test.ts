import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { placeCode, withCode } from "../../../../src/vscode/editor-actions/place-code.ts";

const file = `import { x } from "./x.ts";

export function one(): number {
  return x + 1;
}

class Two {
  start() {
    return 2;
  }
  end() {
    return 3;
  }
}
`;

/** The file with the code in the place that was found for it. */
function applied(code: string, to = file, cursor?: number): string {
  return withCode(to, placeCode(code, to, cursor));
}

describe("placeCode", () => {
  it("takes a new form of most of a file for the whole of it, and any code for that of an empty one", () => {
    const whole = file.replace("x + 1", "x + 10").replace("return 3", "return 30");
    assert.equal(applied(whole), whole);
    assert.equal(applied("let a = 1;", ""), "let a = 1;\n");
  });

  it("puts a declaration in the place of the one of its name, whatever its signature", () => {
    assert.equal(
      applied("export async function one(y: number) {\n  const z = y;\n  return x + z;\n}"),
      file.replace(
        /export function one[\s\S]*?\n\}\n/u,
        "export async function one(y: number) {\n  const z = y;\n  return x + z;\n}\n",
      ),
    );
  });

  it("finds the end of a declaration by indentation, where nothing closes it", () => {
    const python = "def one():\n    return 1\n\n\ndef two():\n    return 2\n\nprint(one())\n";
    assert.equal(
      applied("def one():\n    # more\n    return 11", python),
      python.replace("    return 1\n", "    # more\n    return 11\n"),
    );
  });

  it("puts what begins and ends with lines of the file in their place, with the indentation that they have there", () => {
    assert.equal(
      applied("start() {\n  return 22;\n}\nend() {\n  return 3;"),
      file.replace(/ {2}start\(\)[\s\S]*return 3;\n/u, "  start() {\n    return 22;\n  }\n  end() {\n    return 3;\n"),
    );
  });

  it("puts in at the cursor, or else at the end, what it does not find, and code of several declarations", () => {
    assert.equal(applied("const added = 1;", file, 2), file.replace("\nexport", "\nconst added = 1;\nexport"));
    assert.equal(applied("const added = 1;"), `${file}const added = 1;\n`);
    const two = "function one() {\n  return 1;\n}\n\nfunction other() {\n  return 2;\n}";
    assert.equal(applied(two), `${file}${two}\n`);
  });

  it("takes no place that is not the only one", () => {
    const named =
      "function one() {\n  return 1;\n}\nrun();\nfunction one() {\n  return 2;\n}\nmore();\nlast();\nlater();\n";
    const code = "function one() {\n  return 3;\n}";
    assert.equal(applied(code, named), `${named}${code}\n`);
    const begun = "begin();\na();\nbegin();\nb();\nfinish();\nc();\nd();\n";
    assert.equal(applied("begin();\nx();\nfinish();", begun), `${begun}begin();\nx();\nfinish();\n`);
  });

  it("leaves a file without a last end of line without one", () => {
    assert.equal(applied("b", "a\nbb\ncc"), "a\nbb\ncc\nb");
  });
});
