import * as z from "zod";
import type { FailoverPlace } from "../chat/routing/failover.ts";
import { failoverPlace } from "./failover-place.ts";
import { userSettings } from "./user-settings.ts";

export interface RoutingSettings {
  /** Whether each prompt goes to one of two models. It needs a fast model. */
  readonly isAutomatic: boolean;
  /** Id of the quick and cheap model. */
  readonly fastModel: string | undefined;
  /** Where the user may be offered to move when Bedrock keeps throttling. */
  readonly failover: readonly FailoverPlace[];
}

const text = z.string().trim().min(1);

/** A value of the wrong type counts as unset, and so does a place that changes nothing. */
export function readRoutingSettings(): RoutingSettings {
  const settings = userSettings();
  const isAutomatic = settings.get("routing") === "automatic";
  const fast = text.safeParse(settings.get("fastModel"));
  const listed = z.array(z.unknown()).safeParse(settings.get("failover"));
  const places = (listed.data ?? []).flatMap((value) => failoverPlace.safeParse(value).data ?? []);
  return { isAutomatic: isAutomatic && fast.success, fastModel: fast.data, failover: places };
}
