import { join } from "node:path";
import type * as vscode from "vscode";
import type { ChatSession } from "./chat/chat-session.ts";
import type { NearCap } from "./policy/budgets/near-cap.ts";
import { type FindPrice, type PriceOf, priceOf } from "./policy/budgets/price-of.ts";
import type { SessionPolicy } from "./policy/session-policy.ts";
import type { UsageLedger } from "./policy/usage/usage-ledger.ts";
import { LoadOnce } from "./vscode/load-once.ts";
import { readPolicySettings } from "./vscode/policy-settings.ts";
import { findUserPrice } from "./vscode/price-settings.ts";
import type { UsagePanel } from "./vscode/usage/usage-panel.ts";

/** What a window's sessions share of what model calls cost. */
export interface Usage {
  readonly ledger: Pick<UsageLedger, "append">;
  readonly priceOf: PriceOf;
  /** Once it resolves, `priceOf` knows what the bundled catalogue knows. */
  readonly loadPrices: () => Promise<unknown>;
  readonly actions: Readonly<Record<"showUsage" | "exportUsage", () => Promise<void>>>;
  /** Most of a cap is spent. */
  tellNear(near: NearCap, session: ChatSession, policy: SessionPolicy): void;
}

/** The ledger, the view, the export and the question are loaded when they are first used. */
export function composeUsage(context: vscode.ExtensionContext, report: (error: unknown) => void): Usage {
  let panel: UsagePanel | undefined;
  let inCatalogue: FindPrice = () => undefined;
  const folder = join(context.globalStorageUri.fsPath, "usage");
  const ledger = new LoadOnce(async () => {
    const { UsageLedger } = await import("./policy/usage/usage-ledger.ts");
    return new UsageLedger({ folder, report, changed: () => panel?.refresh() });
  });
  const exportUsage = async (): Promise<void> => {
    const { exportUsage: write } = await import("./vscode/usage/export-usage.ts");
    await write(await ledger.get());
  };
  const showUsage = async (): Promise<void> => {
    const { UsagePanel } = await import("./vscode/usage/usage-panel.ts");
    if (panel === undefined) {
      const { extensionUri } = context;
      panel = new UsagePanel({ extensionUri, ledger: await ledger.get(), exportCsv: exportUsage, report });
      context.subscriptions.push(panel);
    }
    panel.show();
  };
  const tellNear = async (near: NearCap, session: ChatSession, policy: SessionPolicy): Promise<void> => {
    const over = new AbortController();
    const end = (): void => over.abort();
    void session.settled().then(end, end);
    const [{ promptNearCap }, { offerUntil }] = await Promise.all([
      import("./vscode/usage/near-cap-prompt.ts"),
      import("./vscode/usage/offer-until.ts"),
    ]);
    await promptNearCap(near, {
      show: offerUntil,
      limits: () => readPolicySettings().spend,
      over: over.signal,
      lift: (what, limits) => policy.spend.lift(what, limits),
      stop: () => session.stop(),
    });
  };
  return {
    ledger: { append: (call) => void ledger.get().then((loaded) => loaded.append(call), report) },
    priceOf: (modelId) => priceOf(modelId, [findUserPrice, (id) => inCatalogue(id)]),
    loadPrices: async () => {
      const { findCataloguePrice } = await import("./bedrock/catalogue/catalogue-price.ts");
      inCatalogue = findCataloguePrice;
    },
    actions: { showUsage, exportUsage },
    tellNear: (near, session, policy) => void tellNear(near, session, policy).catch(report),
  };
}
