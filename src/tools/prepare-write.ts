import { createHash } from "node:crypto";
import { type PreparedCall, type Target, type TextChange, ToolError, type ToolSuccess } from "../agent/tool.ts";
import type { ApprovalDetail } from "../protocol/approval.ts";
import { plural, t } from "../protocol/localize.ts";
import { type ChangeDiagnostics, withProblems } from "./change-diagnostics.ts";
import { describeChange } from "./describe-change.ts";
import { decodeText, encodeText, type PlainText, type TextForm } from "./plain-text.ts";
import type { ResolvedPath } from "./resolve-path.ts";
import { nameOfEncoding } from "./text-encoding.ts";
import type { FileSnapshot, TextFiles } from "./text-files.ts";

/** Larger files are not changed by a tool: the model has not seen them whole. */
export const MOST_BYTES = 5_000_000;
const WRITE_TIME_MS = 30_000;
export const writeLimits: readonly string[] = [
  `files of at most ${MOST_BYTES.toLocaleString("en")} bytes`,
  `${WRITE_TIME_MS / 1000} seconds`,
];
/** A longer text is named by its hash as well: nobody reads all of it. */
const mostReadBytes = 20_000;

/** The text that a call puts in the place of another. */
export interface NewText extends TextForm {
  readonly text: string;
}

export interface PlannedWrite {
  readonly file: ResolvedPath;
  readonly snapshot: FileSnapshot;
  /** Undefined = the file does not exist yet. */
  readonly before: PlainText | undefined;
  readonly after: NewText;
  /** Present tense: Editing src/a.ts. */
  readonly title: string;
  readonly question: string;
  /** Where there is an editor: what it says of the change goes back with the result. */
  readonly diagnostics: ChangeDiagnostics | undefined;
  /** Told once it is written. */
  success(diff: string): ToolSuccess;
}

/** The text of a file that is to be changed; undefined where there is none. Throws a `ToolError` for what is no text, or too much. */
export function textOf({ state }: FileSnapshot, shown: string): PlainText | undefined {
  switch (state.kind) {
    case "missing":
      return undefined;
    case "file":
      return decodeText(state.bytes, shown);
    case "tooLarge": {
      const [size, most] = [state.size, MOST_BYTES].map((bytes) => bytes.toLocaleString("en"));
      throw new ToolError(
        `${shown} has ${size} bytes; files of more than ${most} bytes are not changed.`,
        "E_TOO_LARGE",
      );
    }
  }
}

/** A write as the user is asked about it: the file, where links lead, the whole difference, size and hash of the result. */
export function prepareWrite(files: TextFiles, write: PlannedWrite): PreparedCall {
  const { file, snapshot, before, after } = write;
  const bytes = encodeText(after.text, after, file.shown);
  if (bytes.length > MOST_BYTES) {
    const most = MOST_BYTES.toLocaleString("en");
    throw new ToolError(
      `The text has ${bytes.length.toLocaleString("en")} bytes; ${most} are the most.`,
      "E_TOO_LARGE",
    );
  }
  const change: TextChange = { before: before?.text, after: after.text };
  const diff = describeChange(change);
  const target: Target = { path: file.path, access: "write", canonical: snapshot.canonical, change };
  return {
    title: write.title,
    effect: "write",
    targets: [target],
    subject: { question: write.question, details: detailsOf(write, diff, bytes) },
    timeoutMs: WRITE_TIME_MS,
    async run({ signal }) {
      signal.throwIfAborted();
      const replace = () => files.replace(snapshot, bytes);
      const { result: saved, problems } =
        write.diagnostics === undefined
          ? { result: await replace(), problems: [] }
          : await write.diagnostics.around(snapshot, replace, signal);
      const further = saved === undefined ? undefined : { before: after.text, after: saved };
      const success = further === undefined ? write.success(diff) : savedOtherwise(write, further);
      return withProblems(success, problems, file.shown);
    },
  };
}

/** What an editor made of the text when it saved it is told as well: the next edit has to match that. */
function savedOtherwise(write: PlannedWrite, further: TextChange): ToolSuccess {
  const whole = describeChange({ before: write.before?.text, after: further.after });
  const { content, title } = write.success(whole);
  const note = `The editor changed the text further when it saved it, as its settings say:\n${describeChange(further)}`;
  return { content: [...content, { text: note }], title };
}

/**
 * A call that cannot work because of what is in the file. It is a read then: policy judges it as one, so that what the
 * failure tells of the file reaches the model only where reading may.
 */
export function prepareFailure(
  file: ResolvedPath,
  snapshot: Pick<FileSnapshot, "canonical">,
  { title, intent }: Required<Pick<PreparedCall, "title" | "intent">>,
  error: ToolError,
): PreparedCall {
  return {
    title,
    intent,
    effect: "read",
    targets: [{ path: file.path, access: "read", canonical: snapshot.canonical }],
    attempted: { effect: "write", targets: [{ path: file.path, access: "write", canonical: snapshot.canonical }] },
    subject: { question: t("Read {0}?", file.shown), details: [{ label: t("File"), value: file.path }] },
    timeoutMs: WRITE_TIME_MS,
    run: () => Promise.reject(error),
  };
}

function detailsOf({ file, snapshot, before, after }: PlannedWrite, diff: string, bytes: Uint8Array): ApprovalDetail[] {
  const { state, canonical } = snapshot;
  const hash = bytes.length > mostReadBytes ? `, SHA-256 ${createHash("sha256").update(bytes).digest("hex")}` : "";
  const kept = [
    ...(after.encoding === "utf-8" ? [] : [nameOfEncoding(after.encoding)]),
    ...(after.hasMark ? [t("byte order mark")] : []),
    ...(before?.lineEnding === "\r\n" && after.text.includes("\r\n") ? [t("Windows line ends (CRLF)")] : []),
  ];
  return [
    { label: state.kind === "missing" ? t("New file") : t("File"), value: file.path },
    ...(canonical === file.path ? [] : [{ label: t("Leads to"), value: canonical }]),
    ...(state.kind === "file" && state.names > 1 ? [linkedDetail(state.names)] : []),
    ...(kept.length === 0 ? [] : [{ label: t("Kept"), value: kept.join(", ") }]),
    { label: t("Change"), value: diff, format: "diff" },
    { label: t("Result"), value: `${plural(bytes.length, "{0} byte", "{0} bytes")}${hash}` },
  ];
}

function linkedDetail(names: number): ApprovalDetail {
  const others =
    names === 2
      ? t("The file has {0} names; one other name keeps the old content.", names)
      : t("The file has {0} names; {1} other names keep the old content.", names, names - 1);
  return { label: t("Also linked elsewhere"), value: others };
}
