import { randomUUID } from "node:crypto";
import { ToolError } from "../../agent/tool.ts";
import { t, text } from "../../protocol/localize.ts";
import { commitChanges } from "../../tools/commit/commit-changes.ts";
import type { FilesGuard } from "../../tools/files-guard.ts";
import { gitApi, toRepository } from "../changes/editor-repositories.ts";
import { pickRepository } from "../changes/pick-repository.ts";
import type { Subject } from "./subject.ts";

/** What `commitChanges` says, in whatever language. */
const nothing = text("There is nothing to commit.");

/** What is staged, or else everything that is changed. Undefined: no repository was picked. */
export async function changesSubject(given: unknown, guard: FilesGuard): Promise<Subject | undefined> {
  const api = await gitApi(new AbortController().signal);
  const repository = await pickRepository(api, given, t("Outcrop: Review Changes"));
  if (repository === undefined) return undefined;
  const { isStaged, text } = await changesOf(repository, guard);
  const label = isStaged ? t("Staged changes") : t("Changes");
  const attachment = { id: randomUUID(), kind: "changes", label, text, language: "diff" } as const;
  return { kind: "changes", name: label, detail: "", attachments: [attachment] };
}

async function changesOf(repository: Parameters<typeof toRepository>[0], guard: FilesGuard) {
  try {
    return await commitChanges(toRepository(repository), guard);
  } catch (error) {
    if (error instanceof ToolError && [nothing, t(nothing)].some((said) => error.message.includes(said))) {
      throw new ToolError(t("There are no changes to review."));
    }
    throw error;
  }
}
