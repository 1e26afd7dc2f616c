import * as z from "zod";
import { defineTool, type Tool, ToolError, textResult } from "../agent/tool.ts";
import { t } from "../protocol/localize.ts";
import type { FilePlaces } from "./places/file-places.ts";
import { lookAtPlace, MOST_ENTRIES } from "./places/look-at-place.ts";
import { contentsOf, inBrackets, PLACE_TIME_MS, refuseOpenFolder, targetsOf } from "./places/place-details.ts";
import { prepareFailure } from "./prepare-write.ts";
import { resolvePath } from "./resolve-path.ts";
import type { Workspace } from "./workspace.ts";

const input = z
  .object({
    path: z
      .string()
      .describe("File or folder: relative to the workspace (with several folders open: folderName/path), or absolute."),
  })
  .strict();

/** Deletes a file or a folder so that the user can get it back. */
export function createDeleteFile(workspace: Workspace, places: FilePlaces): Tool {
  return defineTool({
    name: "delete_file",
    description:
      "Deletes a file, or a folder with all that is in it: it goes to the trash, from where the user can restore it.",
    input,
    effect: "write",
    limits: [`folders of at most ${MOST_ENTRIES} files and folders`, `${PLACE_TIME_MS / 1000} seconds`],
    streamingTitle: t("Delete a file"),
    async prepare({ path }) {
      const folders = workspace.folders();
      const file = await resolvePath(path, folders);
      await refuseOpenFolder(file.path, folders);
      const place = await lookAtPlace(file.path);
      const title = t("Deleting {0}", file.shown);
      if (place.kind === "missing") {
        const error = new ToolError(`${file.shown} does not exist. Nothing was deleted.`);
        return prepareFailure(file, place, { title, intent: t("Delete {0}", file.shown) }, error);
      }
      return {
        title,
        effect: "write",
        targets: targetsOf(place),
        subject: {
          question: t("Delete {0}?", file.shown),
          details: [
            { label: place.kind === "folder" ? t("Folder") : t("File"), value: file.path },
            ...(place.canonical === file.path ? [] : [{ label: t("Leads to"), value: place.canonical }]),
            ...contentsOf(place),
          ],
        },
        timeoutMs: PLACE_TIME_MS,
        async run({ signal }) {
          signal.throwIfAborted();
          const where = await places.remove(place);
          const text = `Deleted ${file.shown}${inBrackets(place)}. It is in ${where} now.`;
          return { content: textResult(text), title: t("Deleted {0}", file.shown) };
        },
      };
    },
  });
}
