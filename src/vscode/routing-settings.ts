import * as vscode from "vscode";
import * as z from "zod";
import type { FailoverPlace } from "../chat/routing/failover.ts";
import { settingsSection } from "./settings.ts";

export interface RoutingSettings {
  /** Whether each prompt goes to one of two models. It needs a fast model. */
  readonly isAutomatic: boolean;
  /** Id of the quick and cheap model. */
  readonly fastModel: string | undefined;
  /** Where the user may be offered to move when Bedrock keeps throttling. */
  readonly failover: readonly FailoverPlace[];
}

const text = z.string().trim().min(1);
const place = z
  .strictObject({ model: text.exactOptional(), region: text.exactOptional(), profile: text.exactOptional() })
  .refine((value) => Object.keys(value).length > 0);

/** A value of the wrong type counts as unset, and so does a place that changes nothing. */
export function readRoutingSettings(): RoutingSettings {
  const section = vscode.workspace.getConfiguration(settingsSection);
  const isAutomatic = section.get<unknown>("routing") === "automatic";
  const fast = text.safeParse(section.get<unknown>("fastModel"));
  const listed = z.array(z.unknown()).safeParse(section.get<unknown>("failover"));
  const places = (listed.data ?? []).flatMap((value) => place.safeParse(value).data ?? []);
  return { isAutomatic: isAutomatic && fast.success, fastModel: fast.data, failover: places };
}
