/** The icons of `icons.json`, read out of @vscode/codicons when the panel is built (`scripts/build/codicons-plugin.mjs`). */
declare module "virtual:codicons" {
  /** Keyed by codicon name; draw each `d` of `paths` in an SVG with this `viewBox`, filled with `currentColor`, by the even-odd rule where `evenOdd`. */
  const icons: Readonly<
    Record<string, { readonly viewBox: string; readonly paths: readonly string[]; readonly evenOdd: boolean }>
  >;
  export default icons;
}
