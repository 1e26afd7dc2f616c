import type { AuditEntry } from "./audit/audit-record.ts";

export interface AllowAllOptions {
  readonly session: string;
  /** The setting, and Workspace Trust. */
  readonly mayBeOn: () => boolean;
  /** Rejects where the entry cannot be written. */
  readonly record: (entry: AuditEntry) => Promise<unknown>;
  /** It went on or off. */
  readonly onChange: () => void;
}

/** Whether ordinary calls of one chat run unasked. It is nowhere but here: what opens the chat anew finds it off. */
export class AllowAll {
  readonly #options: AllowAllOptions;
  #isOn = false;

  constructor(options: AllowAllOptions) {
    this.#options = options;
  }

  /** What is forbidden for a moment stays off. */
  get isOn(): boolean {
    if (this.#isOn && !this.#options.mayBeOn()) this.turnOff();
    return this.#isOn;
  }

  /** The user said so in a dialog of the editor. Nothing is turned on where that is forbidden, or cannot be recorded. */
  async turnOn(): Promise<void> {
    if (!this.#options.mayBeOn()) return;
    await this.#record("allow-all");
    this.#isOn = true;
    this.#options.onChange();
  }

  turnOff(): void {
    if (!this.#isOn) return;
    this.#isOn = false;
    this.#options.onChange();
    // Where it cannot be written, the next call of a tool says so.
    void this.#record("default").catch(() => undefined);
  }

  #record(level: "default" | "allow-all"): Promise<unknown> {
    const { session, record } = this.#options;
    return record({ event: "permissions", session, turn: "", level });
  }
}
