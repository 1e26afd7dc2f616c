/** A parameter of a list that AWS checks: its values, or `text`. */
export type QueryRule = readonly string[] | "text";

export interface ListRules {
  /** Largest `maxResults`; left out: the list has no pages. */
  readonly mostResults?: number;
  readonly parameters: Readonly<Record<string, QueryRule>>;
}

const defaultPageSize = 5;

/** The first thing that AWS would refuse of a list's query, in its words; undefined where it would take it. */
export function queryProblem(query: URLSearchParams, { mostResults, parameters }: ListRules): string | undefined {
  for (const [name, rule] of Object.entries(parameters)) {
    const value = query.get(name);
    if (value === null || rule === "text" || rule.includes(value)) continue;
    return constraint(value, name, `Member must satisfy enum value set: [${rule.join(", ")}]`);
  }
  if (mostResults === undefined) return undefined;
  const size = query.get("maxResults");
  if (size !== null && !/^-?\d+$/u.test(size)) return "The provided maxResults or nextToken is not valid.";
  if (size !== null && Number(size) > mostResults) {
    return constraint(size, "maxResults", `Member must have value less than or equal to ${mostResults}`);
  }
  if (size !== null && Number(size) < 1) {
    return constraint(size, "maxResults", "Member must have value greater than or equal to 1");
  }
  return startOf(query) === undefined ? "The provided maxResults or nextToken is not valid." : undefined;
}

/** One page of a list whose query has no problem. The page token is the base64 of the position at which the next page begins. */
export function pageOf<Item>(
  all: readonly Item[],
  query: URLSearchParams,
): { readonly items: readonly Item[]; readonly next: { readonly nextToken?: string } } {
  const start = startOf(query) ?? 0;
  const end = start + Number(query.get("maxResults") ?? defaultPageSize);
  const next = end < all.length ? { nextToken: Buffer.from(String(end)).toString("base64") } : {};
  return { items: all.slice(start, end), next };
}

function startOf(query: URLSearchParams): number | undefined {
  const start = Number(Buffer.from(query.get("nextToken") ?? "MA==", "base64").toString() || Number.NaN);
  return Number.isInteger(start) && start >= 0 ? start : undefined;
}

function constraint(value: string, name: string, says: string): string {
  return `1 validation error detected: Value '${value}' at '${memberName(name)}' failed to satisfy constraint: ${says}`;
}

/** The query's `type` is the operation's `typeEquals` for inference profiles and prompt routers alike. */
function memberName(name: string): string {
  return name === "type" ? "typeEquals" : name;
}
