import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ShellPrograms } from "../../../src/headless/shell-programs.ts";
import { setVariables } from "../../support/set-variables.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("ShellPrograms", () => {
  it("K05 lets variables through by the names that the user has set now, and the card names them", async (test) => {
    const cwd = await temporaryFolder(test);
    setVariables(test, { OUTCROP_TEST_HOME: "/jdk", OUTCROP_TEST_OTHER: "other" });
    let names: readonly string[] = [];
    const programs = new ShellPrograms(() => names);
    const printed = async (): Promise<string> => {
      let text = "";
      const line = 'echo "$OUTCROP_TEST_HOME,$OUTCROP_TEST_OTHER"';
      const output = (part: string): void => {
        text += part;
      };
      await programs.run({ line, cwd, shell: programs.shell }, { withHooks: false, signal: test.signal, output });
      return text.trim();
    };
    assert.equal(await printed(), ",");
    assert.doesNotMatch(programs.environment, /as you have set/);
    names = ["OUTCROP_TEST_HOME"];
    assert.equal(await printed(), "/jdk,");
    assert.match(programs.environment, /, and OUTCROP_TEST_HOME as you have set$/);
  });
});
