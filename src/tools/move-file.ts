import { basename } from "node:path";
import * as z from "zod";
import { defineTool, type Tool, ToolError, textResult } from "../agent/tool.ts";
import { t } from "../protocol/localize.ts";
import type { FilePlaces } from "./places/file-places.ts";
import { lookAtPlace, MOST_ENTRIES, type Place } from "./places/look-at-place.ts";
import { contentsOf, inBrackets, PLACE_TIME_MS, refuseOpenFolder, targetsOf } from "./places/place-details.ts";
import { prepareFailure } from "./prepare-write.ts";
import { isInsideByText, type ResolvedPath, resolvePath } from "./resolve-path.ts";
import type { Workspace } from "./workspace.ts";

const input = z
  .object({
    from: z
      .string()
      .describe("File or folder: relative to the workspace (with several folders open: folderName/path), or absolute."),
    to: z.string().describe("Its new path, with its name; nothing may be there yet."),
  })
  .strict();

/** Moves or renames a file or a folder. */
export function createMoveFile(workspace: Workspace, places: FilePlaces): Tool {
  return defineTool({
    name: "move_file",
    description:
      "Moves or renames a file, or a folder with all that is in it; folders that are missing are made, nothing is overwritten. References to it in other files are not changed.",
    input,
    effect: "write",
    limits: [`folders of at most ${MOST_ENTRIES} files and folders`, `${PLACE_TIME_MS / 1000} seconds`],
    streamingTitle: t("Move a file"),
    async prepare(asked) {
      const folders = workspace.folders();
      const [from, to] = await Promise.all([resolvePath(asked.from, folders), resolvePath(asked.to, folders)]);
      await refuseOpenFolder(from.path, folders);
      const [source, destination] = await Promise.all([lookAtPlace(from.path), lookAtDestination(to.path)]);
      const title = t("Moving {0} to {1}", from.shown, to.shown);
      const intent = t("Move {0} to {1}", from.shown, to.shown);
      const problem = problemOf({ from, to, source, destination });
      if (problem !== undefined) return prepareFailure(problem.about, problem.place, { title, intent }, problem.error);
      return {
        title,
        intent,
        effect: "write",
        targets: [...targetsOf(source), ...targetsOf(source, destination)],
        subject: {
          question: t("Move {0}?", from.shown),
          details: [
            { label: source.kind === "folder" ? t("Folder") : t("File"), value: from.path },
            { label: t("To"), value: to.path },
            ...(destination.canonical === to.path ? [] : [{ label: t("Leads to"), value: destination.canonical }]),
            ...contentsOf(source),
          ],
        },
        timeoutMs: PLACE_TIME_MS,
        async run({ signal }) {
          signal.throwIfAborted();
          await places.move(source, destination);
          const moved = `Moved ${from.shown} to ${to.shown}`;
          return { content: textResult(`${moved}${inBrackets(source)}.`), title: moved };
        },
      };
    },
  });
}

/** What is there already is not looked into: it only may not be overwritten. */
async function lookAtDestination(path: string): Promise<Place> {
  return lookAtPlace(path).catch((error: unknown) => {
    if (!(error instanceof ToolError) || !error.message.startsWith("E_TOO_LARGE")) throw error;
    return { path, canonical: path, kind: "folder", version: "", entries: [], size: 0 };
  });
}

interface Ends {
  readonly from: ResolvedPath;
  readonly to: ResolvedPath;
  readonly source: Place;
  readonly destination: Place;
}

function problemOf({ from, to, source, destination }: Ends) {
  if (source.kind === "missing") {
    const error = new ToolError(`${from.shown} does not exist. Use list_files to find it.`);
    return { about: from, place: source, error };
  }
  const at = (message: string) => ({ about: to, place: destination, error: new ToolError(message, "E_PATH") });
  if (isInsideByText(source.canonical, destination.canonical)) {
    return at(`${to.shown} is ${from.shown} itself, or lies in it. Nothing was moved.`);
  }
  if (destination.kind === "folder") {
    const inside = `${to.shown.replace(/\/$/, "")}/${basename(source.path)}`;
    return at(`${to.shown} is a folder that is there already. To move into it give the whole new path: ${inside}`);
  }
  if (destination.kind === "file") return at(`${to.shown} is there already. Nothing is overwritten by a move.`);
  return undefined;
}
