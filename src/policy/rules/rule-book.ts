import { randomUUID } from "node:crypto";
import { parseRule } from "./parse-rule.ts";
import { printRule } from "./print-rule.ts";
import type { KeptRule, Rule } from "./rule.ts";

/** How long a rule that the user makes holds: this turn, until the chat is closed, or in this workspace until it ends. */
export type RuleScope = "turn" | "session" | "workspace";

/** A rule as the store keeps it: text that is parsed anew whenever it is read. */
export interface StoredRule {
  readonly id: string;
  /** In the grammar of `parseRule`. */
  readonly text: string;
  /** The shell that it was made for. */
  readonly shell?: string;
  /** Of a rule for a task or for a tool of others: what it was when the rule was made. */
  readonly definition?: string;
}

/** Where rules of the scope `workspace` live: the user's own storage, one list a workspace, never the repository. */
export interface RuleStore {
  load(): readonly StoredRule[];
  save(rules: readonly StoredRule[]): Promise<void>;
}

/** A rule as the list of rules shows it. */
export interface ListedRule extends KeptRule {
  readonly scope: RuleScope | "repository";
}

export interface RuleBookOptions {
  readonly store: RuleStore;
  /** What the repository adds: rules that ask or deny. */
  readonly repository: () => readonly KeptRule[];
}

/** The rules in force for one session. Only the user makes one; the repository may only tighten. */
export class RuleBook {
  readonly #options: RuleBookOptions;
  #turn: readonly KeptRule[] = [];
  #session: readonly KeptRule[] = [];

  constructor(options: RuleBookOptions) {
    this.#options = options;
  }

  beginTurn(): void {
    this.#turn = [];
  }

  get rules(): readonly KeptRule[] {
    return this.list();
  }

  list(): readonly ListedRule[] {
    const scoped = (scope: ListedRule["scope"], rules: readonly KeptRule[]): readonly ListedRule[] =>
      rules.map((rule) => ({ ...rule, scope }));
    const repository = this.#options.repository().filter(({ rule }) => rule.effect !== "allow");
    return [
      ...scoped("repository", repository),
      ...scoped("workspace", this.#kept()),
      ...scoped("session", this.#session),
      ...scoped("turn", this.#turn),
    ];
  }

  /** `origin`: what the rules were made for. */
  async add(
    rules: readonly Rule[],
    scope: RuleScope,
    origin: Pick<KeptRule, "shell" | "definition"> = {},
  ): Promise<void> {
    const made = rules.map((rule) => ({ id: randomUUID(), rule, ...origin }));
    switch (scope) {
      case "turn":
        this.#turn = [...this.#turn, ...made];
        return;
      case "session":
        this.#session = [...this.#session, ...made];
        return;
      case "workspace":
        await this.#options.store.save([...this.#options.store.load(), ...made.map(toStored)]);
    }
  }

  async revoke(id: string): Promise<void> {
    const others = <Kept extends { readonly id: string }>(rules: readonly Kept[]) => rules.filter((r) => r.id !== id);
    this.#turn = others(this.#turn);
    this.#session = others(this.#session);
    const stored = this.#options.store.load();
    if (stored.some((rule) => rule.id === id)) await this.#options.store.save(others(stored));
  }

  /** A rule that can no longer be read does not allow anything. */
  #kept(): readonly KeptRule[] {
    return this.#options.store.load().flatMap(({ id, text, ...origin }) => {
      const parsed = parseRule(text);
      return parsed.kind === "error" ? [] : [{ id, rule: parsed.rule, ...origin }];
    });
  }
}

function toStored({ id, rule, ...origin }: KeptRule): StoredRule {
  return { id, text: printRule(rule), ...origin };
}
