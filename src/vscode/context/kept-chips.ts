import * as z from "zod";
import { fromJson, toJson } from "../../chat/json-bytes.ts";
import { maskDeep } from "../../chat/masked-store.ts";
import type { PromptAttachment } from "../../chat/prompt.ts";
import type { ContextReference } from "../../protocol/attachment.ts";
import { contextReference } from "./context-reference.ts";

/** Something that is attached. */
export interface Chip {
  readonly id: string;
  readonly attachment: PromptAttachment;
  /** What was asked for; several chips may come of it. */
  readonly reference?: ContextReference;
}

/** What is attached, as it outlives the window: by its name, to be read anew, or, where no name stands for it, whole. */
export type KeptChip =
  | { readonly id: string; readonly reference: ContextReference }
  | { readonly attachment: PromptAttachment };

/** Characters of a chat's chips in all, images in base64; what is beyond is not kept. */
const mostKept = 10_000_000;

/** As it was kept by ourselves: only what every kind has is looked at. */
const attachment = z.custom<PromptAttachment>(
  (value) => z.looseObject({ id: z.string(), label: z.string(), text: z.string() }).safeParse(value).success,
);
const chips: z.ZodType<readonly KeptChip[]> = z.array(
  z.union([z.object({ id: z.string(), reference: contextReference }), z.object({ attachment })]),
);

export function idOf(chip: KeptChip): string {
  return "reference" in chip ? chip.id : chip.attachment.id;
}

/** Anything that we did not write counts as nothing. */
export function parseChips(text: string): readonly KeptChip[] {
  try {
    return chips.parse(fromJson(text));
  } catch {
    return [];
  }
}

/** What is attached as it is written. */
interface WrittenChips {
  /** Undefined where nothing is to be kept. */
  readonly text: string | undefined;
  /** It is all that is attached, to the letter. */
  readonly isWhole: boolean;
}

/** Secrets masked. */
export function serializeChips(attached: readonly Chip[], mask: (text: string) => string): WrittenChips {
  const each = attached.map(toKept);
  let isWhole = each.every((chips) => chips.length > 0);
  const masked = (text: string): string => {
    const safe = mask(text);
    isWhole &&= safe === text;
    return safe;
  };
  const kept = new Map(each.flat().map((chip) => [idOf(chip), chip]));
  const written: string[] = [];
  let size = 0;
  for (const chip of kept.values()) {
    const json = toJson("reference" in chip ? chip : maskDeep(chip, masked));
    isWhole &&= size + json.length <= mostKept;
    if (size + json.length > mostKept) continue;
    size += json.length;
    written.push(json);
  }
  return { text: written.length === 0 ? undefined : `[${written.join(",")}]`, isWhole };
}

/** What is still being read, or could not be, is kept by its name alone. */
function toKept({ id, attachment: whole, reference }: Chip): readonly KeptChip[] {
  if (reference !== undefined && isName(reference)) return [{ id, reference }];
  return whole.loading || whole.problem !== undefined ? [] : [{ attachment: whole }];
}

/** A page would have to be asked about again, and a selection is another by then. */
function isName({ kind }: ContextReference): boolean {
  return ["file", "folder", "symbol", "problems", "changes"].includes(kind);
}
