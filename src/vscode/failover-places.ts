import type { FailoverPlace } from "../chat/routing/failover.ts";
import type { BedrockConnection } from "../protocol/connection.ts";
import { type Memory, ModelMemory } from "./models/model-memory.ts";
import type { PickableModel } from "./models/model-source.ts";
import { readSettings } from "./settings.ts";

/**
 * Where a chat may move to: what the settings name, then the other inference profiles of the same foundation model, as the
 * account listed them last. What the residency lock keeps is left out.
 */
export function failoverPlaces(
  memory: Memory,
  named: () => readonly FailoverPlace[],
): (from: BedrockConnection) => readonly FailoverPlace[] {
  const models = new ModelMemory(memory);
  return (from) => {
    const { profile, region } = readSettings();
    const listed = from.endpoint === undefined ? models.listOf([profile ?? "", region ?? ""].join(" ")) : [];
    const siblings = siblingsOf(from.modelId, listed).map(({ id }) => ({ model: id }));
    return [...named(), ...siblings].filter((place) => changes(from, place));
  };
}

function siblingsOf(modelId: string, listed: readonly PickableModel[]): readonly PickableModel[] {
  const base = listed.find(({ id }) => id === modelId)?.baseModelId;
  if (base === undefined) return [];
  const same = listed.filter(
    ({ id, baseModelId, group }) => id !== modelId && baseModelId === base && group !== "yours",
  );
  return same.filter(({ blocked }) => blocked === undefined);
}

function changes(from: BedrockConnection, { model, region, profile }: FailoverPlace): boolean {
  return (
    (model !== undefined && model !== from.modelId) ||
    (region !== undefined && region !== from.region) ||
    (profile !== undefined && profile !== from.profile)
  );
}
