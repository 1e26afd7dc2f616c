import { userSettings } from "./user-settings.ts";

/** Whether chats get titles by themselves. A value of the wrong type counts as unset. */
export function readChatTitles(): "automatic" | "off" {
  return userSettings().get("chatTitles") === "off" ? "off" : "automatic";
}
