import { cleanMetadata } from "./bedrock/request/clean-metadata.ts";
import type { RequestSettings } from "./bedrock/request/request-settings.ts";
import { readRepository } from "./headless/git-repository.ts";
import { EditorWorkspace } from "./vscode/editor-workspace.ts";
import { readRequestChoices } from "./vscode/request-settings.ts";

/** What the settings of this moment want of every request of a session. */
export async function requestOf(session: string): Promise<RequestSettings> {
  const { metadata: wanted, guardrailToolResults: _, ...choices } = readRequestChoices();
  const folder = wanted.repository || wanted.branch ? new EditorWorkspace().folders()[0]?.path : undefined;
  const { repository, branch } = folder === undefined ? {} : await readRepository(folder);
  const metadata = cleanMetadata({
    repository: wanted.repository ? repository : undefined,
    branch: wanted.branch ? branch : undefined,
    session: wanted.session ? session : undefined,
  });
  return { ...choices, metadata };
}
