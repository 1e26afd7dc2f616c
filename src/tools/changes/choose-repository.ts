import { ToolError } from "../../agent/tool.ts";
import { expectedPath } from "../open-no-follow.ts";
import { isInsideByText, type ResolvedPath, showPath } from "../resolve-path.ts";
import type { WorkspaceFolder } from "../workspace.ts";
import type { Repository } from "./repositories.ts";

/** The repository that a path is in, the innermost; without a path the only one of the workspace. Throws a `ToolError` that lists them. */
export async function chooseRepository(
  repositories: readonly Repository[],
  place: ResolvedPath | undefined,
  folders: readonly WorkspaceFolder[],
): Promise<Repository> {
  const known = await Promise.all(
    repositories.map(async (repository) => ({ repository, root: await expectedPath(repository.root) })),
  );
  const listed = repositories.map(({ root }) => `- ${showPath(root, folders)}`).join("\n");
  if (repositories.length === 0) {
    throw new ToolError("The workspace has no git repository that is open in the editor.");
  }
  if (place === undefined) {
    const [only, ...more] = repositories;
    if (only !== undefined && more.length === 0) return only;
    throw new ToolError(`The workspace has several git repositories. Name one, or a file in it, with path:\n${listed}`);
  }
  const canonical = await expectedPath(place.path);
  const around = known
    .filter(({ root }) => isInsideByText(root, canonical))
    .toSorted((one, other) => other.root.length - one.root.length)
    .at(0);
  if (around === undefined) {
    throw new ToolError(`${place.shown} is in none of the git repositories that are open in the editor:\n${listed}`);
  }
  return around.repository;
}

/** A place and where it really lies, for which git's names are compared with both. */
export async function withRealPaths(places: readonly string[]): Promise<readonly string[]> {
  return [...new Set([...places, ...(await Promise.all(places.map(expectedPath)))])];
}

/** Where to look in a repository: at the place, or at what the workspace has of it. Absolute. */
export function placesIn(
  repository: Repository,
  place: ResolvedPath | undefined,
  folders: readonly WorkspaceFolder[],
): readonly string[] {
  if (place !== undefined) return [place.path];
  if (folders.some(({ path }) => isInsideByText(path, repository.root))) return [repository.root];
  const inside = folders.map(({ path }) => path).filter((path) => isInsideByText(repository.root, path));
  return inside.length === 0 ? [repository.root] : inside;
}
