import * as vscode from "vscode";
import type { FindPrice } from "../policy/budgets/price-of.ts";
import { userPrices } from "../policy/budgets/user-prices.ts";
import { settingsSection } from "./user-settings.ts";

/** The user's own prices, of scope `application`. Asked for each call, so that a change holds from the next one on. */
export const findUserPrice: FindPrice = (modelId) =>
  userPrices(vscode.workspace.getConfiguration(settingsSection).get<unknown>("prices"))(modelId);
