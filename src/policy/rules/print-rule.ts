import type { Rule, RuleSpec } from "./rule.ts";

/** The text of a rule; `parseRule` reads the same rule from it. */
export function printRule({ effect, tool, spec, until }: Rule): string {
  return `${effect} ${tool}(${printSpec(spec)})${until === undefined ? "" : ` until ${until}`}`;
}

function printSpec(spec: RuleSpec): string {
  switch (spec.kind) {
    case "exact":
      return `exact ${quote(spec.text)}${spec.script === undefined ? "" : ` script=sha256:${spec.script}`}`;
    case "prefix":
      return `prefix ${quote(`${spec.words.join(" ")} *`)}`;
    case "task":
      return `${quote(spec.label)} def=sha256:${spec.definition}`;
    case "glob":
      return `glob ${quote(spec.pattern)}`;
    case "foreign":
      return `def=sha256:${spec.definition}`;
    case "request":
      return `request ${quote(`${spec.method} ${spec.template}`)}`;
  }
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}
