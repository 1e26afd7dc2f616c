import * as z from "zod";
import { defineTool, type PreparedCall, type Tool, ToolError } from "../agent/tool.ts";
import { t } from "../protocol/localize.ts";
import { type DiagnosticsScope, describeDiagnostics } from "./describe-diagnostics.ts";
import { type Diagnostic, type Diagnostics, SEVERITIES, type Severity } from "./diagnostics.ts";
import type { FilesGuard } from "./files-guard.ts";
import { expectedPath } from "./open-no-follow.ts";
import { openTextFile, refuseNoFile, statOf } from "./open-text-file.ts";
import { isInsideByText, type ResolvedPath, resolvePath } from "./resolve-path.ts";
import { sizeLimit } from "./result-size.ts";
import type { Workspace } from "./workspace.ts";

const DIAGNOSTICS_TIME_MS = 40_000;

const input = z
  .object({
    path: z.string().optional().describe("File, or folder, whose problems to list. Default: the whole workspace."),
    severity: z.enum(SEVERITIES).optional().describe("Leave out what is less severe than this. Default: all."),
  })
  .strict();

export interface DiagnosticsPorts {
  readonly workspace: Workspace;
  readonly diagnostics: Diagnostics;
  readonly guard: FilesGuard;
}

/** Lists the problems that the editor knows of. */
export function createGetDiagnostics({ workspace, diagnostics, guard }: DiagnosticsPorts): Tool {
  return defineTool({
    name: "get_diagnostics",
    description:
      "Lists the errors, warnings and hints that the editor knows of: of one file, which is looked at first, or of the workspace, where many extensions report only the files that are open. The result lists `PATH:LINE:COLUMN: SEVERITY: MESSAGE (SOURCE CODE)`, the most severe first. Run the project's check or build task for what the editor does not look at.",
    input,
    effect: "read",
    limits: [sizeLimit(), `${DIAGNOSTICS_TIME_MS / 1000} seconds`],
    streamingTitle: t("Get problems"),
    async prepare({ path, severity = "hint" }) {
      const folders = workspace.folders();
      const place = path === undefined ? undefined : await resolvePath(path, folders);
      if (place !== undefined) await refuseNoFile(place);
      if (place === undefined && folders.length === 0) throw new ToolError("No folder is open.", "E_OUTSIDE");
      const canonical = place === undefined ? undefined : await expectedPath(place.path);
      const isAll = place === undefined || place.shown === ".";
      const where = isAll ? "the workspace" : place.shown;
      const shown = isAll ? t("the workspace") : place.shown;
      const call = callOf(place, canonical, folders);
      return {
        ...call,
        title: t("Getting problems of {0}", shown),
        subject: {
          question: t("Get the problems of {0}?", shown),
          details: call.targets.map((target) => ({ label: t("In"), value: target.path })),
        },
        async run({ signal }) {
          const scope = await lookAt(place, { canonical, diagnostics, signal });
          const told = await screen(atLeast(scope.diagnostics, severity), guard, place?.path);
          return describeDiagnostics({ ...scope, diagnostics: told, where, shown, severity, folders });
        },
      };
    },
  });
}

function callOf(
  place: ResolvedPath | undefined,
  canonical: string | undefined,
  folders: readonly { readonly path: string }[],
): Pick<PreparedCall, "effect" | "targets" | "timeoutMs"> {
  const whole = folders.map(({ path }) => ({ path }));
  const targets =
    place === undefined || canonical === undefined ? whole : [{ path: place.path, access: "read" as const, canonical }];
  return { effect: "read", targets, timeoutMs: DIAGNOSTICS_TIME_MS };
}

interface Look {
  readonly canonical: string | undefined;
  readonly diagnostics: Diagnostics;
  readonly signal: AbortSignal;
}

async function lookAt(
  place: ResolvedPath | undefined,
  { canonical, diagnostics, signal }: Look,
): Promise<Pick<DiagnosticsScope, "diagnostics" | "certainty">> {
  if (place === undefined) return { diagnostics: diagnostics.all(), certainty: "open files" };
  if ((await statOf(place)).isDirectory()) {
    const inside = diagnostics.all().filter(({ path }) => isInsideByText(place.path, path));
    return { diagnostics: inside, certainty: "open files" };
  }
  await (await openTextFile(place, canonical)).close();
  return diagnostics.ofFile(place.path, signal);
}

function atLeast(diagnostics: readonly Diagnostic[], severity: Severity): readonly Diagnostic[] {
  const least = SEVERITIES.indexOf(severity);
  return diagnostics.filter((one) => SEVERITIES.indexOf(one.severity) <= least);
}

/** Messages quote what is in a file, so nothing is told of one that a search would say nothing of. */
async function screen(
  diagnostics: readonly Diagnostic[],
  guard: FilesGuard,
  approved: string | undefined,
): Promise<readonly Diagnostic[]> {
  const paths = [...new Set(diagnostics.map(({ path }) => path))];
  const withheld = new Set<string>();
  for (const path of paths) {
    if (await guard.isWithheld(path, approved)) withheld.add(path);
  }
  return diagnostics.filter(({ path }) => !withheld.has(path));
}
