import { listRepositoryParts } from "./repository-parts.ts";
import { RepositoryPolicy } from "./repository-policy.ts";
import { describeRepositorySettings } from "./repository-settings.ts";
import type { KeptRule } from "./rule.ts";

/** What the user was told last of what the open folders bring; it outlives the session. */
export interface ToldParts {
  load(): string;
  save(text: string): void;
}

/** The policy files of all open folders. */
export class RepositoryPolicies {
  readonly #folders: () => readonly string[];
  readonly #policies = new Map<string, RepositoryPolicy>();
  #rules: readonly KeptRule[] = [];
  readonly #told: ToldParts | undefined;
  #reported = "";
  #isListed = false;

  /** Without `told` nobody is told what the folders bring. */
  constructor(folders: () => readonly string[], told?: ToldParts) {
    this.#folders = folders;
    this.#told = told;
  }

  get rules(): readonly KeptRule[] {
    return this.#rules;
  }

  /**
   * Reads the files again. Answers with what the user is to be told: what the folders bring, the first time and when
   * that has changed since the last session; what is wrong in the files, once for the same problems.
   */
  async refresh(): Promise<readonly string[]> {
    const parts = await this.#news();
    const read = await Promise.all(this.#folders().map((folder) => this.#policyOf(folder).read()));
    this.#rules = read.flatMap(({ rules }) => rules);
    const settings = await Promise.all(this.#folders().map(describeRepositorySettings));
    const problems = [...read.flatMap((each) => each.problems), ...settings.filter((problem) => problem !== undefined)];
    const text = problems.join("\n");
    const isNews = text !== this.#reported;
    this.#reported = text;
    return isNews ? [...parts, ...problems] : parts;
  }

  async #news(): Promise<readonly string[]> {
    if (this.#told === undefined || this.#isListed) return [];
    this.#isListed = true;
    const folders = this.#folders();
    const lists = await Promise.all(folders.map(listRepositoryParts));
    const lines = lists.flatMap((parts, index) =>
      parts.map((part) => (folders.length === 1 ? `- ${part}` : `- ${folders[index]}: ${part}`)),
    );
    const text = ["What this workspace brings along:", ...lines].join("\n");
    if (lines.length === 0 || text === this.#told.load()) return [];
    this.#told.save(text);
    return [text];
  }

  #policyOf(folder: string): RepositoryPolicy {
    const policy = this.#policies.get(folder) ?? new RepositoryPolicy(folder);
    this.#policies.set(folder, policy);
    return policy;
  }
}
