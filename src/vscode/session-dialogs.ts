import type { ChatSession } from "../chat/chat-session.ts";
import type { Prompt } from "../chat/prompt.ts";
import { pauseOf } from "../chat/resume-turn.ts";
import type { ApprovalAnswer, ApprovalRequest } from "../protocol/approval.ts";
import type { ChatEvent } from "../protocol/chat-event.ts";
import { t, text } from "../protocol/localize.ts";
import { ApprovalDialogs } from "./approval-dialogs.ts";
import { dialogText } from "./approval-text.ts";
import type { Dialogs } from "./dialogs.ts";
import { describePause, describeRaise, type RaisedLimits } from "./pause-text.ts";
import { waitingApprovals } from "./waiting-approvals.ts";

const send = text("Send with It Masked");

export interface SessionDialogsOptions {
  readonly session: ChatSession;
  readonly dialogs: Dialogs;
  readonly isFocused: () => boolean;
  /** Opens all of a request in an editor; resolves with whether the user asks for its dialog again. */
  readonly showWhole: (request: ApprovalRequest) => Promise<boolean>;
  readonly tell: (text: string) => void;
  /** Whether masking changes the text. */
  readonly holdsSecret: (text: string) => boolean;
  readonly limits: () => RaisedLimits;
  readonly report: (error: unknown) => void;
}

/** What of a session the user decides in dialogs of the editor, which a webview can ask for and not answer. */
export class SessionDialogs {
  readonly #options: SessionDialogsOptions;
  readonly #approvals: ApprovalDialogs;
  #isHeld = false;

  constructor(options: SessionDialogsOptions) {
    const { session, showWhole, tell, report } = options;
    this.#options = options;
    this.#approvals = new ApprovalDialogs({
      ...options,
      isWaiting: ({ id, digest }) => this.#waiting(id)?.digest === digest,
      answer: ({ id, digest }, decision) => session.answer({ id, digest, decision }, "user"),
      tooLate: ({ title }) => tell(t("{0} It was no longer waiting for an answer. Nothing was done.", title)),
      // Not waited for: the document is there to be read, while the next dialog may come.
      showWhole: async (request) => {
        void showWhole(request)
          .then((again) => again && this.#approvals.ask(request))
          .catch(report);
      },
    });
  }

  /** Follows the session. What waits since before a restart is not asked in a dialog by itself: its card brings it. */
  see(event: ChatEvent): void {
    if (event.type === "turn-start") this.#isHeld = false;
    if (event.type === "turn-resume") this.#isHeld = event.held === true;
    if (event.type === "tool-awaiting-approval" && event.request.tier === 2 && !this.#isHeld) {
      this.#approvals.ask(event.request);
    }
  }

  /** The window may have the focus now. */
  look(): void {
    this.#approvals.look();
  }

  /** The session is left. */
  clear(): void {
    this.#approvals.clear();
  }

  /** The panel asks for the dialog of a request that waits. */
  show(id: string): void {
    const request = this.#waiting(id);
    if (request?.tier === 2) this.#approvals.ask(request);
  }

  /** An answer of the panel. A rule that outlives the chat is made only in a dialog. */
  async answer(answer: ApprovalAnswer): Promise<void> {
    const { session, dialogs, tell } = this.#options;
    const { id, digest, decision } = answer;
    if (session.answer(answer, "panel")) return;
    const request = this.#waiting(id);
    if (decision.kind !== "allow" || decision.grant?.scope !== "workspace" || request?.digest !== digest) return;
    const offer = request.offers.find((each) => each.id === decision.grant?.offer);
    if (offer === undefined || request.tier !== 1 || dialogs.isOpen) return;
    const { title } = dialogText(request);
    const rules = offer.rules.map((rule) => `    ${rule}`).join("\n");
    const pressed = await dialogs.ask({
      title: t("Make a rule for this workspace?"),
      detail: t(
        "{0}\n\nFrom now on, this is no longer asked about:\n{1}\n\nThe card shows all of what is done now.",
        title,
        rules,
      ),
      buttons: [text("Allow Once"), text("Make Rule and Allow")] as const,
    });
    if (pressed === undefined) return;
    const withRule = pressed === "Make Rule and Allow";
    const counts = session.answer(withRule ? answer : { id, digest, decision: { kind: "allow" } }, "user");
    if (!counts) tell(t("{0} It was no longer waiting for an answer. Nothing was done, and no rule was made.", title));
  }

  /** Goes on with the last turn; after a pause only where the user says so in a dialog. */
  async resume(): Promise<void> {
    const { session, dialogs, limits } = this.#options;
    const last = session.chat.past.at(-1);
    const pause = last === undefined ? undefined : pauseOf(last);
    if (pause === undefined || session.isRunning) {
      await session.resume();
      return;
    }
    if (dialogs.isOpen) return;
    const pressed = await dialogs.ask({
      title: t("Let the turn go on?"),
      detail: `${describePause(pause)}\n\n${describeRaise(pause, limits())}`,
      buttons: [text("Keep Paused"), text("Continue")] as const,
    });
    // The dialog was about this pause of this turn.
    if (pressed === "Continue" && session.chat.past.at(-1) === last) await session.resume("user");
  }

  /** Whether a prompt may be sent: what looks like a secret goes out masked, and only after the user was asked. */
  async maySend({ text, attachments }: Prompt): Promise<boolean> {
    const { dialogs, holdsSecret } = this.#options;
    const inText = holdsSecret(text);
    const labels = attachments.filter((each) => holdsSecret(each.text)).map(({ label }) => label);
    if (!inText && labels.length === 0) return true;
    if (dialogs.isOpen) return false;
    const places = [...(inText ? [t("the prompt")] : []), ...labels].join(", ");
    const pressed = await dialogs.ask({
      title: t("Send what looks like a secret?"),
      detail: t("Found in {0}. The model gets a mark in its place; the rest of the text is sent as it is.", places),
      buttons: [send],
    });
    return pressed === send;
  }

  #waiting(id: string): ApprovalRequest | undefined {
    return waitingApprovals(this.#options.session.chat).find((request) => request.id === id);
  }
}
