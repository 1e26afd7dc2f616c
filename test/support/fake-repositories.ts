import type { Commit, Repositories, Repository, RepositoryStatus } from "../../src/tools/changes/repositories.ts";

export interface FakeRepository {
  readonly root: string;
  readonly status?: Partial<RepositoryStatus>;
  readonly patch?: string;
  readonly commits?: readonly Commit[];
  readonly blame?: string | Promise<string>;
}

/** Repositories whose answers are written down beforehand; what was asked of them is kept. */
export class FakeRepositories implements Repositories {
  readonly asked: unknown[] = [];
  readonly #repositories: readonly FakeRepository[];

  constructor(repositories: readonly FakeRepository[]) {
    this.#repositories = repositories;
  }

  async list(): Promise<readonly Repository[]> {
    return this.#repositories.map(({ root, status, patch = "", commits = [], blame = "" }) => ({
      root,
      status: async () => ({ ...clean, ...status }),
      diff: async (question) => {
        this.asked.push(question);
        return patch;
      },
      log: async (question) => {
        this.asked.push(question);
        return commits;
      },
      blame: async () => blame,
    }));
  }
}

const clean: RepositoryStatus = {
  branch: "main",
  upstream: undefined,
  merge: [],
  staged: [],
  unstaged: [],
  untracked: [],
};
