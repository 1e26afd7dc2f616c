/** What becomes of an image in an answer. */
export type ImageJudgement =
  /** Its bytes are in the text. */
  | { readonly kind: "raster"; readonly source: string }
  /** Fetching it would carry data out, so nobody does. */
  | { readonly kind: "remote"; readonly host: string }
  | { readonly kind: "none" };

/** About 290 KiB of picture; texts are not shown much further. In UTF-16 units. */
export const longestData = 390_000;

/** Each type with what its files begin with, in base64: what says that it is a picture has to be one. SVG is a document. */
const raster =
  /^data:image\/(?:png;base64,iVBORw0KGgo|jpeg;base64,\/9j\/|gif;base64,R0lGOD|webp;base64,UklGR)[A-Za-z0-9+/]*={0,2}$/;

/** Judges an image's address: only PNG, JPEG, GIF and WebP of moderate size that are in the text itself are shown. */
export function judgeImage(source: string): ImageJudgement {
  if (source.length <= longestData && raster.test(source)) return { kind: "raster", source };
  if (!URL.canParse(source)) return { kind: "none" };
  const { protocol, host } = new URL(source);
  return protocol === "http:" || protocol === "https:" ? { kind: "remote", host } : { kind: "none" };
}
