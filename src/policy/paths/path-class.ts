/** What lies at a path, as far as the policy cares. */
export type PathKind =
  | "ordinary"
  /** Listed by the ignore file, or by the built-in list: no tool touches it. */
  | "ignored"
  /** Text whose values are secret (`.env`): read with values masked, after a question. */
  | "secret-text"
  /** Keys and credential stores: never read by a tool. */
  | "key-material"
  /** Writes only. Makes programs run or steers an assistant: every write is asked about on its own. */
  | "protected"
  /** Writes only. `.git`, Outcrop's storage, the editor's user folder, configuration of shells, SSH and AWS. */
  | "forbidden";

export interface PathClass {
  /** Judged by the canonical path, not by the text of the one that was given. */
  readonly place: "inside" | "outside";
  readonly kind: PathKind;
  /** The real path, links resolved as far as it exists. */
  readonly canonical: string;
}
