import { userSettings } from "./user-settings.ts";

/** Whether the gateway answers with a model of its own choice. */
export function gatewayDecidesModel(): boolean {
  return userSettings().get("gatewayDecidesModel") === true;
}
