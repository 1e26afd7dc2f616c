/** A copy of a document of JSON with every text of it mapped, the names of its members too. The same shape. */
export function mapTexts<Document>(value: Document, map: (text: string) => string): Document {
  if (value === undefined) return value;
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) => {
    if (typeof part === "string") return map(part);
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([name, member]) => [map(name), member]));
  });
}
