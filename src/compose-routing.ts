import * as vscode from "vscode";
import type { ChatSession } from "./chat/chat-session.ts";
import { escalateSession } from "./chat/escalate-session.ts";
import { isThrottle, ThrottleWatch } from "./chat/routing/throttle-watch.ts";
import { type PriceOf, ratesFor } from "./policy/budgets/price-of.ts";
import { t } from "./protocol/localize.ts";
import type { RoutingTier } from "./protocol/routing.ts";
import { promptTokens } from "./protocol/token-usage.ts";
import { failoverPlaces } from "./vscode/failover-places.ts";
import type { Memory } from "./vscode/models/model-memory.ts";
import { plainNotice } from "./vscode/plain-notice.ts";
import { readRoutingSettings } from "./vscode/routing-settings.ts";
import { RoutingShare } from "./vscode/routing-share.ts";

export interface RoutingParts {
  readonly memory: Memory;
  readonly priceOf: PriceOf;
  readonly session: () => Promise<ChatSession>;
  /** Lets the user pick a model; undefined where they do not. */
  readonly pickModel: (title: string) => Promise<string | undefined>;
  /** A chat is elsewhere from now on. */
  readonly onMoved: () => void;
  readonly report: (error: unknown) => void;
}

/** Which model answers a prompt, and where a chat may move to. */
export interface Routing {
  readonly onServed: (tier: RoutingTier) => void;
  /** Offers another place where a turn of this session is throttled for good. */
  follow(session: ChatSession): void;
  readonly actions: Readonly<Record<"escalate" | "failover" | "routePrompts", () => Promise<unknown>>>;
}

export function composeRouting({ memory, priceOf, session, pickModel, onMoved, report }: RoutingParts): Routing {
  const share = new RoutingShare(memory);
  const watches = new WeakMap<ChatSession, ThrottleWatch>();
  const places = failoverPlaces(memory, () => readRoutingSettings().failover);
  const offer = (to: ChatSession): void => {
    const { current } = to.connection;
    if (current.kind === "demo" || places(current).length === 0) return;
    const text = t("Bedrock keeps throttling {0}. This chat can go on elsewhere.", current.modelId);
    // Behind the event that is being told, for all who listen. A turn that has ended takes no notice any more.
    queueMicrotask(() => (to.isRunning ? to.edits.tell(text, "failover") : void ask(text).catch(report)));
  };
  const ask = async (text: string): Promise<void> => {
    const move = t("Switch…");
    if ((await vscode.window.showWarningMessage(plainNotice(text), move)) === move) await failover();
  };
  const failover = async (): Promise<void> => {
    const { pickFailover } = await import("./vscode/pick-failover.ts");
    const moved = await session();
    const lastUsage = watches.get(moved)?.lastUsage ?? null;
    const prompt = lastUsage === null ? 0 : promptTokens(lastUsage);
    const rates = (modelId: string) => {
      const price = priceOf(modelId);
      return price.source === "unknown" ? undefined : ratesFor(prompt, price);
    };
    if (!(await pickFailover({ session: moved, places, rates, lastUsage }))) return;
    onMoved();
    const phase = moved.chat.past.at(-1)?.phase;
    const isWaiting = phase?.kind === "ended" && phase.outcome.kind === "failed" && isThrottle(phase.outcome.error);
    if (isWaiting) await moved.resume();
  };
  return {
    onServed: (tier) => void share.count(tier).catch(report),
    follow: (followed) => {
      const watch = new ThrottleWatch();
      watches.set(followed, watch);
      followed.subscribe((event) => {
        if (watch.see(event)) offer(followed);
      });
    },
    actions: {
      escalate: async () => escalateSession(await session()),
      failover,
      routePrompts: async () => {
        const { routePrompts } = await import("./vscode/route-prompts.ts");
        await routePrompts({ share, pickModel, window: vscode.window });
      },
    },
  };
}
