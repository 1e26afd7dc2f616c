import assert from "node:assert/strict";
import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { printRule } from "../../../../src/policy/rules/print-rule.ts";
import { RepositoryPolicy } from "../../../../src/policy/rules/repository-policy.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const file = "outcrop.policy.json";
const deny = 'run_command(prefix "git push *")';

async function read(policy: RepositoryPolicy) {
  const { rules, problems } = await policy.read();
  return { rules: rules.map(({ rule }) => printRule(rule)), problems };
}

describe("RepositoryPolicy", () => {
  it("reads what asks and denies, and names what is no rule", async (test) => {
    const folder = await temporaryFolder(test);
    const policy = new RepositoryPolicy(folder);
    assert.deepEqual(await read(policy), { rules: [], problems: [] });
    await writeFile(join(folder, file), JSON.stringify({ deny: [deny, "x"], ask: ['edit_file(glob "src/**")'] }));
    const { rules, problems } = await read(policy);
    assert.deepEqual(rules, [`deny ${deny}`, 'ask edit_file(glob "src/**")']);
    assert.match(problems.join("\n"), /^outcrop\.policy\.json: deny x: [^\n]+$/);
  });

  it("keeps the last good rules while the file allows something, is no JSON or is no object", async (test) => {
    const folder = await temporaryFolder(test);
    const policy = new RepositoryPolicy(folder);
    await writeFile(join(folder, file), JSON.stringify({ deny: [deny] }));
    await read(policy);
    for (const text of [JSON.stringify({ allow: ['run_command(prefix "ls *")'] }), "{", "[]", '{"deny":"x"}']) {
      await writeFile(join(folder, file), text);
      const { rules, problems } = await read(policy);
      assert.deepEqual([rules, problems.length], [[`deny ${deny}`], 1], text);
    }
  });

  it("is not read through a link", async (test) => {
    const folder = await temporaryFolder(test);
    await writeFile(join(folder, "elsewhere.json"), JSON.stringify({ deny: [deny] }));
    await symlink("elsewhere.json", join(folder, file));
    const { rules, problems } = await read(new RepositoryPolicy(folder));
    assert.deepEqual([rules, problems.length], [[], 1]);
  });
});
