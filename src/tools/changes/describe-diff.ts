import { join } from "node:path";
import { ToolError, type ToolSuccess, textResult } from "../../agent/tool.ts";
import { plural, t } from "../../protocol/localize.ts";
import type { FilesGuard } from "../files-guard.ts";
import { isInsideByText, showPath } from "../resolve-path.ts";
import { RESULT_SIZE } from "../result-size.ts";
import type { WorkspaceFolder } from "../workspace.ts";
import { countOf } from "./describe-changes.ts";
import { maskHunks } from "./mask-patch.ts";
import { type FilePatch, parsePatch } from "./parse-patch.ts";

/** What the first line may take of a result. */
const FRAME_SIZE = 1000;
/** Files that are listed where not all of a patch reaches the model. */
const MOST_LISTED = 200;

export interface DiffScope {
  readonly patch: string;
  /** Absolute folder that the patch's names are relative to. */
  readonly root: string;
  /** Absolute: what else is in the patch is not told. */
  readonly places: readonly string[];
  /** Absolute path that the call names. */
  readonly approved: string | undefined;
  readonly guard: FilesGuard;
  readonly folders: readonly WorkspaceFolder[];
  /** What is compared: the staged changes of src. */
  readonly subject: string;
  /** Past tense, without the counts. */
  readonly title: string;
  /** Said behind the counts. */
  readonly remarks: readonly string[];
}

/** A patch as the model may read it: secrets masked, secret and ignored files named without their text. A long one begins with the list of its files. */
export async function describeDiff(scope: DiffScope): Promise<ToolSuccess> {
  const all = parsePatch(scope.patch);
  if ((all.length === 0 && scope.patch.trim() !== "") || all.some(({ names }) => names.length === 0)) {
    throw new ToolError(
      "Git gave the difference in a form that is not known, perhaps by a setting such as diff.srcPrefix.",
    );
  }
  const files = all.filter((file) => isAskedFor(file, scope));
  const parts: string[] = [];
  for (const file of files) parts.push(await tell(file, scope));
  const patch = parts.join("\n");
  const count = countOf(files.length, "file");
  const title = t("{0}, {1}", scope.title, plural(files.length, "{0} file", "{0} files"));
  const note = scope.remarks.length === 0 ? "" : ` (${scope.remarks.join("; ")})`;
  if (files.length === 0) return { content: textResult(`No difference in ${scope.subject}${note}`), title };
  const list = files.length > 1 && patch.length > RESULT_SIZE - FRAME_SIZE ? listOf(files, scope) : "";
  return {
    content: textResult(`${count} in ${scope.subject}${note}\n${list}\n${patch}`),
    title,
    whenCut: "With path it is the patch of one file or folder.",
  };
}

function listOf(files: readonly FilePatch[], scope: DiffScope): string {
  const listed = files.slice(0, MOST_LISTED).map((file) => `- ${nameOf(file, scope)} (${counts(file)})\n`);
  return listed.join("") + (files.length > listed.length ? `- and ${files.length - listed.length} more\n` : "");
}

function pathsOf({ names }: FilePatch, { root }: DiffScope): readonly string[] {
  return names.map((name) => join(root, name));
}

function isAskedFor(file: FilePatch, scope: DiffScope): boolean {
  return pathsOf(file, scope).some((path) => scope.places.some((place) => isInsideByText(place, path)));
}

async function tell(file: FilePatch, scope: DiffScope): Promise<string> {
  const paths = pathsOf(file, scope);
  for (const path of paths) {
    if (await scope.guard.isWithheld(path, scope.approved)) return `${nameOf(file, scope)}: withheld (${counts(file)})`;
  }
  const [path = ""] = paths.slice(-1);
  return [...file.header, ...maskHunks(file.body, (text) => scope.guard.mask(text, path))].join("\n");
}

function nameOf(file: FilePatch, scope: DiffScope): string {
  return pathsOf(file, scope)
    .map((path) => showPath(path, scope.folders))
    .join(" → ");
}

function counts({ body }: FilePatch): string {
  const count = (sign: string): number => body.filter((line) => line.startsWith(sign)).length;
  return `+${count("+")} −${count("-")}`;
}
