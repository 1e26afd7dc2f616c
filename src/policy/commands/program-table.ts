import * as z from "zod";
import { isValueKind, type ValueKind } from "./value-kinds.ts";

const valueKind = z.string().refine((text): text is ValueKind => isValueKind(text), "is no kind of value");

/**
 * What may follow a flag: `""` nothing; `"=kind"` a value, in the same word or the next one; `"=kind,kind"` as many words;
 * `"?kind"` a value only after `=` in the same word.
 */
const flagValue = z
  .string()
  .regex(/^(?:|[=?][A-Za-z-]+(?:,[A-Za-z-]+)*)$/)
  .transform((text) => ({
    isOptional: text.startsWith("?"),
    kinds: z.array(valueKind).parse(text === "" ? [] : text.slice(1).split(",")),
  }));

const positionals = z.strictObject({
  /** Kinds of the first ones, by place. */
  first: z.array(valueKind).default([]),
  /** Kind of those that follow; absent = there are no more. */
  rest: valueKind.optional(),
  atLeast: z.number().default(0),
  /** Kind of those after `--`; absent = as before it. */
  afterDashes: valueKind.optional(),
  /** Refused unless one of these flags is there. */
  onlyWith: z.array(z.string()).optional(),
  /** With one of these flags there, the first kinds are not asked for (`grep -e PATTERN FILE`). */
  firstGivenBy: z.array(z.string()).default([]),
});

const tableFields = {
  program: z.string(),
  subcommand: z.string().optional(),
  /** Why everything listed neither writes nor runs anything. */
  reason: z.string().min(20),
};

const options = z.strictObject({
  ...tableFields,
  style: z.literal("options").default("options"),
  flags: z.record(z.string(), flagValue).default({}),
  /** `-5` is a flag. */
  numbersAreFlags: z.boolean().default(false),
  /** What follows the first positional is positional, too. */
  flagsComeFirst: z.boolean().default(false),
  positionals: positionals.default({ first: [], atLeast: 0, firstGivenBy: [] }),
  /** With one of these flags, paths (the current folder where none is named) are read with everything below them. */
  treeFlags: z.array(z.string()).default([]),
  /** How the current folder is read where no path is named. */
  currentFolder: z.enum(["names", "tree"]).optional(),
  /** Prints what git keeps of any file: always, or with one of these flags. */
  printsTracked: z.union([z.literal("always"), z.array(z.string())]).default([]),
});

/** `find`: paths, then an expression whose words are listed. */
const expression = z.strictObject({
  ...tableFields,
  style: z.literal("expression"),
  flags: z.record(z.string(), flagValue),
});
/** Nothing that it is given matters. */
const anything = z.strictObject({ ...tableFields, style: z.literal("anything") });
/** Only these shapes; a word in `<>` stands for a kind. */
const forms = z.strictObject({ ...tableFields, style: z.literal("forms"), forms: z.array(z.array(z.string())) });

export const programTable = z.union([options, expression, anything, forms]);

/** The words after a program (and its sub-command) with which it neither writes nor runs anything. */
export type ProgramTable = z.infer<typeof programTable>;
export type OptionsTable = z.infer<typeof options>;
export type ExpressionTable = z.infer<typeof expression>;
export type FormsTable = z.infer<typeof forms>;
export type FlagValue = z.infer<typeof flagValue>;
