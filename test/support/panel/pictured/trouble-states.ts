import type { TurnOutcome } from "../../../../src/protocol/chat-event.ts";
import type { TurnError } from "../../../../src/protocol/turn-error.ts";
import { bedrockContext } from "../contexts.ts";
import type { PanelPage } from "../panel-page.ts";
import { text, throttled } from "../scenes.ts";
import { brokenAnswer, dropped, endAt, retryAt, silenceAt, throttledBriefly, turnAt } from "../trouble-scenes.ts";
import type { PicturedState, PicturedStates } from "./pictured-state.ts";

const expired: TurnError = {
  kind: "credentials",
  message: "The sign-in of profile team-radio has expired.",
  detail: "ExpiredTokenException: The security token included in the request is expired",
  requestId: "7b1f0c1e-90aa-4d0e-8f5d-2c9b7d1f3e55",
  actions: ["sign-in", "retry", "try-demo", "show-log"],
};

function ends(about: string, ...outcomes: readonly TurnOutcome[]): PicturedState {
  const play = async (panel: PanelPage) => {
    for (const [index, outcome] of outcomes.entries()) {
      await panel.emit(
        ...turnAt(Date.now(), `t${index}`),
        text("The delay is computed in"),
        endAt(Date.now(), outcome),
      );
    }
  };
  return { about, height: outcomes.length > 1 ? 700 : 560, play };
}

/** Waits, notices and ends that are no whole answer. */
export const troubleStates: PicturedStates = {
  retry: {
    about: "A retry that waits, below the answer that broke off.",
    height: 640,
    play: async (panel) => {
      const at = Date.now();
      await panel.emit(...turnAt(at), ...brokenAnswer(at), retryAt(at, throttledBriefly, 1, 90_000));
    },
  },
  silence: {
    about: "The connection is open and says nothing.",
    play: async (panel) => {
      const at = Date.now() - 40_000;
      await panel.emit(...turnAt(at), silenceAt(at, "first-byte"));
    },
  },
  pace: {
    about: "A request that is held back so that it is not refused.",
    play: async (panel) => {
      const at = Date.now();
      await panel.emit(...turnAt(at), {
        type: "pace",
        reason: "tokens-per-minute",
        delayMs: 90_000,
        limit: 200_000,
        at,
      });
    },
  },
  notices: {
    about: "Recovered, failed over, routed, compacted: the quiet rows of an answer.",
    height: 640,
    play: async (panel) => {
      const at = Date.now();
      const { connection } = bedrockContext;
      const reason = "a short question about one file";
      await panel.emit(...turnAt(at), { type: "routed", tier: "fast", reason, connection, usage: null, at });
      await panel.emit(retryAt(at, throttledBriefly), retryAt(at, dropped, 2), text("It is in `src/net`."));
      await panel.emit({
        ...{ type: "notice", at, connection, action: "failover" },
        text: "claude-sonnet-4-5 was throttled in eu-central-1 again and again; it can be asked in eu-west-1.",
      });
      const compaction = {
        kind: "summary",
        id: 1,
        before: 5,
        text: "The user wants to know where the delay is.",
      } as const;
      const tokens = { before: 181_000, after: 24_000 };
      await panel.emit({ type: "compaction", compaction, usage: null, tokens, at }, endAt(at, { kind: "completed" }));
    },
  },
  compacting: {
    about: "The conversation is being summarized.",
    play: async (panel) => {
      const at = Date.now();
      await panel.emit(...turnAt(at), text("I look at it."), { type: "compacting", at });
    },
  },
  stopping: {
    about: "A turn that is being stopped.",
    play: async (panel) => {
      await panel.emit(...turnAt(Date.now()), text("The delay is computed in"));
      await panel.page.getByRole("button", { name: "Stop" }).click();
    },
  },
  "failure-throttled": {
    about: "A turn that failed, with its details.",
    height: 600,
    play: async (panel) => {
      const at = Date.now();
      await panel.emit(...turnAt(at), endAt(at, { kind: "failed", error: throttled, cutOff: false }));
      await panel.page.getByRole("button", { name: "Details" }).click();
    },
  },
  "failure-expired": ends("The credentials have expired.", { kind: "failed", error: expired, cutOff: false }),
  "failure-cut-off": ends("The connection broke off in the middle of the answer.", {
    ...{ kind: "failed", error: dropped, cutOff: true },
  }),
  "ended-early": ends(
    "Canceled, interrupted, the output limit, the step limit.",
    { kind: "cancelled" },
    { kind: "interrupted" },
    { kind: "max-tokens" },
    { kind: "step-limit", steps: 25 },
  ),
  "ended-by-service": ends(
    "A guardrail, the content filter, the model's context window.",
    {
      kind: "stopped",
      stopReason: "guardrail_intervened",
      guardrail: {
        blocked: true,
        findings: [{ policy: "topic", name: "Investment advice", side: "input" }],
      },
    },
    { kind: "stopped", stopReason: "content_filtered" },
    { kind: "stopped", stopReason: "model_context_window_exceeded" },
  ),
  paused: ends("Paused: the model repeats itself, or a limit is reached.", {
    kind: "paused",
    pause: { code: "E_LOOP", what: "cycle", message: "E_LOOP: The same two calls again and again." },
  }),
};
