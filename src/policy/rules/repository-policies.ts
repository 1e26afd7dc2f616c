import { RepositoryPolicy } from "./repository-policy.ts";
import { describeRepositorySettings } from "./repository-settings.ts";
import type { KeptRule } from "./rule.ts";

/** The policy files of all open folders. */
export class RepositoryPolicies {
  readonly #folders: () => readonly string[];
  readonly #policies = new Map<string, RepositoryPolicy>();
  #rules: readonly KeptRule[] = [];
  #reported = "";

  constructor(folders: () => readonly string[]) {
    this.#folders = folders;
  }

  get rules(): readonly KeptRule[] {
    return this.#rules;
  }

  /** Reads the files again. Answers with what is wrong in them, once for the same problems. */
  async refresh(): Promise<readonly string[]> {
    const read = await Promise.all(this.#folders().map((folder) => this.#policyOf(folder).read()));
    this.#rules = read.flatMap(({ rules }) => rules);
    const settings = await Promise.all(this.#folders().map(describeRepositorySettings));
    const problems = [...read.flatMap((each) => each.problems), ...settings.filter((problem) => problem !== undefined)];
    const text = problems.join("\n");
    const isNews = text !== this.#reported;
    this.#reported = text;
    return isNews ? problems : [];
  }

  #policyOf(folder: string): RepositoryPolicy {
    const policy = this.#policies.get(folder) ?? new RepositoryPolicy(folder);
    this.#policies.set(folder, policy);
    return policy;
  }
}
