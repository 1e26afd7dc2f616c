const longest = 64;

/** A tool's name as Converse takes it back, `[a-zA-Z0-9_-]{1,64}`: some models make up others, as `functions.read`. */
export function toToolName(name: string): string {
  return name.replace(/[^a-zA-Z0-9_-]/gu, "_").slice(0, longest) || "_";
}

/** A `toolUseId` as Converse takes it back, `[a-zA-Z0-9_.:-]{1,64}`. */
export function toToolUseId(id: string): string {
  return id.replace(/[^a-zA-Z0-9_.:-]/gu, "_").slice(-longest) || "_";
}
