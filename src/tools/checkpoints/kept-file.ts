import * as z from "zod";

/**
 * What a file was at one moment. `kept`: its content can be brought back. `marked`: too large to keep, or named as one
 * that holds secrets: only whether it changed can be told, by a mark of its content.
 */
export const keptFileSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("missing") }),
  z.strictObject({
    kind: z.literal("kept"),
    /** Hexadecimal; the name of the content in the store. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    /** Bytes. */
    size: z.int().min(0),
    /** Permission bits. */
    mode: z.int().min(0).max(0o777),
  }),
  z.strictObject({ kind: z.literal("marked"), mark: z.string(), size: z.int().min(0) }),
]);
export type KeptFile = Readonly<z.infer<typeof keptFileSchema>>;

export const missing: KeptFile = { kind: "missing" };

/** Whether both have the same content; modes do not count. */
export function isSameContent(one: KeptFile, other: KeptFile): boolean {
  switch (one.kind) {
    case "missing":
      return other.kind === "missing";
    case "kept":
      return other.kind === "kept" && other.sha256 === one.sha256;
    case "marked":
      return other.kind === "marked" && other.mark === one.mark;
  }
}
