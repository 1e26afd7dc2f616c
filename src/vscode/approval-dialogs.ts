import type { ApprovalDecision, ApprovalRequest } from "../protocol/approval.ts";
import { text } from "../protocol/localize.ts";
import { dialogText } from "./approval-text.ts";
import type { Dialogs } from "./dialogs.ts";

const skip = text("Skip");
const showInEditor = text("Show in Editor");
const allow = text("Allow Once");
/** Only where a rule may cover it: a request that changes something at a server of the user's. */
const allowInChat = text("Allow in This Chat");

export interface ApprovalDialogsOptions {
  readonly dialogs: Dialogs;
  /** Whether this very request, by id and digest, still waits. */
  readonly isWaiting: (request: ApprovalRequest) => boolean;
  /** Whether the user is looking at this window. */
  readonly isFocused: () => boolean;
  /** Shows all of a request in an editor, and a way back to its dialog. */
  readonly showWhole: (request: ApprovalRequest) => Promise<void>;
  /** False where the answer came too late. */
  readonly answer: (request: ApprovalRequest, decision: ApprovalDecision) => boolean;
  readonly tooLate: (request: ApprovalRequest) => void;
  readonly report: (error: unknown) => void;
}

/**
 * The questions of the second tier, in dialogs of the editor itself: in order, one at a time, and none while the user
 * works in another window. A dialog that is closed leaves its request open; the card brings it back. What does not fit
 * into a dialog has to be shown whole before it can be allowed.
 */
export class ApprovalDialogs {
  readonly #options: ApprovalDialogsOptions;
  readonly #shownWhole = new Set<string>();
  #queue: readonly ApprovalRequest[] = [];
  #asking: ApprovalRequest | undefined;

  constructor(options: ApprovalDialogsOptions) {
    this.#options = options;
  }

  /** Asks when its turn comes; asks again where its dialog was closed. */
  ask(request: ApprovalRequest): void {
    const isKnown = [...this.#queue, this.#asking].some((known) => known?.digest === request.digest);
    if (isKnown) return;
    this.#queue = [...this.#queue, request];
    this.look();
  }

  /** The window may have the focus now. */
  look(): void {
    void this.#work().catch(this.#options.report);
  }

  /** What waits for its turn is not asked. */
  clear(): void {
    this.#queue = [];
  }

  async #work(): Promise<void> {
    const { isFocused, isWaiting } = this.#options;
    while (this.#asking === undefined && isFocused()) {
      const [next, ...others] = this.#queue;
      if (next === undefined) return;
      this.#queue = others;
      if (!isWaiting(next)) continue;
      this.#asking = next;
      try {
        await this.#ask(next);
      } finally {
        this.#asking = undefined;
      }
    }
  }

  async #ask(request: ApprovalRequest): Promise<void> {
    const { dialogs, showWhole } = this.#options;
    const { title, detail, isWhole } = dialogText(request);
    const mayAllow = isWhole || this.#shownWhole.has(request.digest);
    const [offer] = request.offers;
    const withRule = offer?.scopes.includes("session") === true ? ([allowInChat] as const) : [];
    const buttons = mayAllow ? ([skip, showInEditor, ...withRule, allow] as const) : ([skip, showInEditor] as const);
    const pressed = await dialogs.ask({ title, detail, buttons, close: text("Not Now") });
    switch (pressed) {
      case undefined:
        return;
      case skip:
        return this.#answer(request, { kind: "skip", feedback: "" });
      case allow:
        return this.#answer(request, { kind: "allow" });
      case allowInChat:
        if (offer === undefined) return;
        return this.#answer(request, { kind: "allow", grant: { offer: offer.id, scope: "session" } });
      case showInEditor:
        this.#shownWhole.add(request.digest);
        await showWhole(request);
    }
  }

  #answer(request: ApprovalRequest, decision: ApprovalDecision): void {
    const { answer, tooLate } = this.#options;
    if (!answer(request, decision)) tooLate(request);
  }
}
