import * as z from "zod";
import type { ContextReference } from "../../protocol/attachment.ts";

const path = z.string().min(1).max(10_000);
const line = z.int().positive();
const longestPaste = 1_000_000;
/** Base64 of rather more than a model takes, so that what is too large is told so. */
const longestUpload = 14_000_000;

/** What a webview asks to attach: names only, which the policy judges like a tool's. */
export const contextReference: z.ZodType<ContextReference> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.enum(["file", "folder"]), path }),
  z.strictObject({ kind: z.literal("symbol"), name: path, path, startLine: line, endLine: line }),
  z.strictObject({ kind: z.enum(["selection", "problems", "changes", "terminal", "editors"]) }),
  z.strictObject({ kind: z.literal("url"), url: path }),
  z.strictObject({ kind: z.literal("uri"), uri: path }),
  z.strictObject({ kind: z.literal("pasted"), text: z.string().min(1).max(longestPaste) }),
  z.strictObject({ kind: z.literal("upload"), name: path, data: z.string().max(longestUpload) }),
]);
