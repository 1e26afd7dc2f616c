import type { PolicyDocument, PolicyStatement } from "../../src/bedrock/iam/iam-policy-for.ts";

/** What a request asks IAM for, and in which circumstances. */
export interface AskedAction {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
}

/** Whether IAM would let it through: patterns with `*`, and the conditions that the policies here have. */
export function policyAllows({ Statement }: PolicyDocument, asked: AskedAction): boolean {
  return Statement.some(
    (statement) =>
      statement.Action.includes(asked.action) &&
      [statement.Resource].flat().some((pattern) => matches(pattern, asked.resource)) &&
      holds(statement.Condition ?? {}, asked),
  );
}

function holds(condition: NonNullable<PolicyStatement["Condition"]>, { context }: AskedAction): boolean {
  return Object.entries(condition).every(([operator, wanted]) =>
    Object.entries(wanted).every(([key, values]) => {
      const value = context[key];
      if (value === undefined) return false;
      return [values].flat().some((one) => (operator === "ArnLike" ? matches(one, value) : one === value));
    }),
  );
}

function matches(pattern: string, text: string): boolean {
  const source = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/gu, "\\$&"));
  return new RegExp(`^${source.join(".*")}$`, "u").test(text);
}
