/** What a rule does with the calls that it covers. Deny is over ask is over allow. */
export type RuleEffect = "allow" | "ask" | "deny";

export type RuleSpec =
  /** A whole command line, byte for byte; `script` = SHA-256 (hexadecimal) of the package.json script that it runs. */
  | { readonly kind: "exact"; readonly text: string; readonly script?: string }
  /** Command lines that begin with these words; after them, for `allow`, only words from the program's list of safe ones. */
  | { readonly kind: "prefix"; readonly words: readonly string[] }
  /** A task by its label, as long as its definition has this SHA-256 (hexadecimal). */
  | { readonly kind: "task"; readonly label: string; readonly definition: string }
  /** Files by a glob relative to a folder of the workspace. */
  | { readonly kind: "glob"; readonly pattern: string }
  /** Requests of an HTTP tool, as long as it is defined with this method and address: `GET https://api.example.com/shipments/{id}`. */
  | { readonly kind: "request"; readonly method: string; readonly template: string }
  /** A tool of another extension or an MCP server, as long as its definition has this SHA-256 (hexadecimal). */
  | { readonly kind: "foreign"; readonly definition: string };

export interface Rule {
  readonly effect: RuleEffect;
  readonly tool: string;
  readonly spec: RuleSpec;
  /** The last day on which it holds, UTC: `2026-12-31`. */
  readonly until?: string;
}

/** A rule as it is kept. */
export interface KeptRule {
  readonly id: string;
  /** The shell that it was made for; absent = made for none in particular. */
  readonly shell?: string;
  /** Of a rule for a task or for a tool of others: the definition that its digest is of, to show what has changed. */
  readonly definition?: string;
  readonly rule: Rule;
}
