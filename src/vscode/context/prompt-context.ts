import { type Prompt, type PromptAttachment, toAttachment } from "../../chat/prompt.ts";
import type { Attachment, ContextReference, ImplicitContext } from "../../protocol/attachment.ts";
import { t } from "../../protocol/localize.ts";
import { isSame } from "./is-same.ts";
import { idOf } from "./kept-chips.ts";
import type { PromptContextOptions } from "./prompt-context-options.ts";
import { provisionalLabel } from "./provisional-label.ts";

interface Entry {
  readonly attachment: PromptAttachment;
  /** The id under which the panel asked for it. */
  readonly origin: string;
  /** What it asked for. */
  readonly reference?: ContextReference;
  /** Of a prompt that is on its way; it goes with no other one. */
  readonly claim?: symbol;
}

/** What goes with a prompt that is on its way. */
export interface Claim {
  /** When it was read, with what comes along unasked. What could not be read is among it, with its problem. */
  read(): Promise<readonly PromptAttachment[]>;
  /** It went with the prompt. */
  sent(): void;
  /** The prompt is not sent: it is attached again, in another chat where one is given. False, and nothing done, where it is void. */
  giveBack(to?: PromptContext): boolean;
}

/** Something that is being read, and where its chip is by now. */
interface Reading {
  place: PromptContext;
  done: Promise<void> | undefined;
}

/** What goes with the next prompt of a chat. */
export class PromptContext {
  readonly #options: PromptContextOptions;
  /** By the id under which it was asked for. */
  readonly #reading = new Map<string, Reading>();
  #entries: readonly Entry[] = [];
  #restored: Promise<void> | undefined;
  /** What was kept is void. */
  #isForgotten = false;
  /** What is on its way is void too. */
  #isDiscarded = false;

  constructor(options: PromptContextOptions) {
    this.#options = options;
  }

  get shown(): readonly Attachment[] {
    return this.#entries.map(({ attachment }) => toAttachment(this.#judged(attachment)));
  }

  /** Nothing where it is attached already. */
  get implicit(): ImplicitContext | undefined {
    const { current } = this.#options.implicit;
    const isAttached = this.#entries.some(({ attachment: { kind, path, startLine } }) => {
      const { attachment } = current ?? {};
      return (
        (kind ?? "selection") === attachment?.kind && path === attachment.path && startLine === attachment.startLine
      );
    });
    return isAttached ? undefined : current;
  }

  /** Nothing is being read, and nothing goes with a prompt that is on its way. */
  get isAtRest(): boolean {
    return this.#reading.size === 0 && this.#entries.every(({ claim }) => claim === undefined);
  }

  toggleImplicit(): void {
    this.#options.implicit.toggle();
  }

  /** The same text is attached once. */
  add(attachment: PromptAttachment): void {
    void this.restore();
    const isThere = (other: PromptAttachment): boolean => other.id === attachment.id || isSame(other, attachment);
    if (this.#entries.some((other) => other.claim === undefined && isThere(other.attachment))) return;
    this.#change([...this.#entries, { attachment, origin: attachment.id }]);
  }

  /** Its chip is there at once, its content when it was read. */
  attach(id: string, reference: ContextReference): void {
    void this.restore();
    if (this.#entries.some(({ origin }) => origin === id)) return;
    this.#change([...this.#entries, this.#begin(id, reference)]);
    this.#options.onChange();
  }

  find(id: string): PromptAttachment | undefined {
    return this.#entries.find(({ attachment }) => attachment.id === id)?.attachment;
  }

  remove(id: string): void {
    this.#change(this.#entries.filter(({ attachment }) => attachment.id !== id));
  }

  /** Nothing goes with the next prompt; what goes with one that is on its way stays with that. */
  clear(): void {
    this.#isForgotten = true;
    this.#change(this.#entries.filter(({ claim }) => claim !== undefined));
  }

  /** The chat is deleted: what goes with a prompt on its way, too, and that prompt comes back to nobody. */
  discard(): void {
    this.#isForgotten = true;
    this.#isDiscarded = true;
    this.#change([]);
  }

  /** Attaches again what was attached when the window was closed; once. */
  restore(): Promise<void> {
    this.#restored ??= this.#restore();
    return this.#restored;
  }

  /** Takes these for a prompt, at once: what is attached from now on goes with the next one. */
  claim(text: string, ids: readonly string[]): Claim {
    const claim = Symbol("claim");
    const isMeant = ({ attachment, origin }: Entry): boolean => ids.includes(attachment.id) || ids.includes(origin);
    this.#change(
      this.#entries.map((entry) => (entry.claim === undefined && isMeant(entry) ? { ...entry, claim } : entry)),
    );
    const { implicit, attendants } = this.#options;
    // What the editor shows now.
    const gathering = implicit.gather();
    gathering.catch(() => undefined);
    const own = (): readonly Entry[] => this.#entries.filter((entry) => entry.claim === claim);
    const sent = (): void => this.#change(this.#entries.filter((entry) => entry.claim !== claim));
    return {
      sent,
      read: async () => {
        await Promise.all(own().flatMap(({ origin }) => this.#reading.get(origin)?.done ?? []));
        const chosen = own().map(({ attachment }) => this.#judged(attachment));
        const active = (await gathering).filter((one) => !chosen.some((other) => isSame(one, other)));
        return [...(await attendants(text)), ...active, ...chosen];
      },
      giveBack: (to = this) => {
        if (this.#isDiscarded) return false;
        const back = own().map(({ claim: _, ...entry }) => entry);
        sent();
        for (const { origin } of back) this.#handOver(origin, to);
        const others = to.#entries.filter(({ attachment }) => !back.some((one) => isSame(one.attachment, attachment)));
        to.#change([...back, ...others]);
        return true;
      },
    };
  }

  /**
   * A prompt that the composer did not make, with what comes along unasked. The active editor is of its own choice.
   * `instead`: the turn in whose place it is sent.
   */
  async attend({ text, attachments }: Prompt, instead?: string): Promise<Prompt> {
    return { text, attachments: [...(await this.#options.attendants(text, instead)), ...attachments] };
  }

  async #restore(): Promise<void> {
    const { memory, report, onChange } = this.#options;
    const kept = await memory.load().catch((error: unknown) => {
      report(error);
      return [];
    });
    if (this.#isForgotten || kept.length === 0) return;
    const fresh = kept.filter((chip) => !this.#entries.some(({ origin }) => origin === idOf(chip)));
    const entries = fresh.map((chip) =>
      "reference" in chip
        ? this.#begin(chip.id, chip.reference)
        : { attachment: chip.attachment, origin: chip.attachment.id },
    );
    this.#change([...entries, ...this.#entries]);
    onChange();
  }

  /** Begins to read it. */
  #begin(id: string, reference: ContextReference): Entry {
    const { kind, label } = provisionalLabel(reference, this.#entries.length);
    const reading: Reading = { place: this, done: undefined };
    this.#reading.set(id, reading);
    reading.done = this.#read(id, reference, reading);
    return { attachment: { id, kind, label, loading: true, text: "", language: "" }, origin: id, reference };
  }

  /** What is being read is for a chip that is in another chat now. */
  #handOver(id: string, to: PromptContext): void {
    const reading = this.#reading.get(id);
    if (reading === undefined || to === this) return;
    this.#reading.delete(id);
    to.#reading.set(id, reading);
    reading.place = to;
  }

  async #read(id: string, reference: ContextReference, reading: Reading): Promise<void> {
    const { gather, reasonOf, report, onChange } = this.#options;
    try {
      const gathered = await gather(reference);
      reading.place.#replace(
        id,
        gathered.map((one, index) => ({ ...one, id: index === 0 ? id : `${id}-${index}` })),
      );
    } catch (error) {
      const problem = reasonOf(error);
      if (problem === undefined) report(error);
      const { loading: _, ...failed } = reading.place.find(id) ?? { id, label: "", text: "", language: "" };
      reading.place.#replace(id, [
        { ...failed, problem: problem ?? t("It could not be read; the log has the reason.") },
      ]);
    } finally {
      reading.place.#reading.delete(id);
      onChange();
    }
  }

  /** In its place; nothing where the chip was removed meanwhile, and where it is attached already. */
  #replace(id: string, read: readonly PromptAttachment[]): void {
    const claim = this.#entries.find(({ origin }) => origin === id)?.claim;
    const others = this.#entries.filter((other) => other.origin !== id && other.claim === claim);
    const fresh = read.filter((one) => !others.some(({ attachment }) => isSame(attachment, one)));
    this.#change(
      this.#entries.flatMap((entry) =>
        entry.attachment.id === id ? fresh.map((attachment) => ({ ...entry, attachment })) : [entry],
      ),
    );
  }

  #change(entries: readonly Entry[]): void {
    this.#entries = entries;
    this.#options.memory.save(entries.map(({ origin: id, ...entry }) => ({ id, ...entry })));
  }

  #judged(attachment: PromptAttachment): PromptAttachment {
    const problem = attachment.problem ?? this.#options.refusal(attachment.kind);
    return problem === undefined ? attachment : { ...attachment, problem };
  }
}
