import type { BedrockSettings } from "./bedrock/bedrock-settings.ts";
import { hasControlPlane } from "./bedrock/bedrock-settings.ts";
import { baseModelId } from "./bedrock/capabilities.ts";
import { catalogueDate } from "./bedrock/catalogue/catalogue.ts";
import { catalogueModels } from "./bedrock/models/catalogue-models.ts";
import { describeModel } from "./bedrock/models/describe-model.ts";
import type { ModelAccessStates } from "./bedrock/models/model-access.ts";
import type { ModelPlaces } from "./bedrock/models/place-model.ts";
import { readAllowedRegions } from "./bedrock/models/residency.ts";
import type { ConnectionChoice } from "./vscode/connection-choice.ts";
import { type Memory, ModelMemory } from "./vscode/models/model-memory.ts";
import { ModelPicker } from "./vscode/models/model-picker.ts";
import { readModelSettings } from "./vscode/models/model-settings.ts";
import type { ModelSource, PickableModel } from "./vscode/models/model-source.ts";
import { selectModel } from "./vscode/models/select-model.ts";
import { readSettings } from "./vscode/settings.ts";

/**
 * What the picker asks of Bedrock, for the settings of the moment. Loaded when it opens, and the control plane's client when
 * something is listed.
 */
export function composeModelSource(
  settingsFor: (modelId: string) => Promise<BedrockSettings>,
  places: ModelPlaces,
): () => ModelSource {
  let known: ModelAccessStates | undefined;
  const access = async (): Promise<ModelAccessStates> => {
    const { ModelAccessStates } = await import("./bedrock/models/model-access.ts");
    known ??= new ModelAccessStates();
    return known;
  };
  return () => createSource(settingsFor, places, access);
}

function createSource(
  settingsFor: (modelId: string) => Promise<BedrockSettings>,
  places: ModelPlaces,
  access: () => Promise<ModelAccessStates>,
): ModelSource {
  const { profile, region, endpoint, authentication } = readSettings();
  const allowed = () => readAllowedRegions(readModelSettings().allowedRegions);
  const describe = async (id: string): Promise<PickableModel> => {
    const placed = await places.place(await settingsFor(id), readModelSettings());
    const { baseModelId: behind = id, destinations = { kind: "unknown", why: "its id does not tell" } } = placed;
    const isNamed = behind !== id;
    const name = isNamed ? `${id.split("/").at(-1)} (${baseModelId(behind)})` : id;
    return describeModel({ id, name, group: "on-demand", baseModelId: behind, destinations }, allowed());
  };
  return {
    isListed: hasControlPlane({ endpoint, authentication }),
    place: [profile, region].map((part) => part ?? "").join(" "),
    pricesDate: catalogueDate,
    list: async (signal) => {
      const { listModels } = await import("./bedrock/models/list-models.ts");
      const { models, missing } = await listModels(await settingsFor("-"), signal);
      return { models: models.map((model) => describeModel(model, allowed())), missing };
    },
    catalogue: async () => ({
      date: catalogueDate,
      models: catalogueModels(region).map((model) => describeModel(model, allowed())),
    }),
    describe: (ids) => Promise.all(ids.map(describe)),
    access: async (model, signal) =>
      (await access()).of(await settingsFor(model.id), model.baseModelId ?? model.id, signal),
  };
}

export function pickModel(connection: ConnectionChoice, source: ModelSource, memory: Memory): Promise<void> {
  return selectModel(connection, source, new ModelMemory(memory));
}

/** For another use than to answer: nothing is written. */
export async function pickModelId(title: string, source: ModelSource, memory: Memory): Promise<string | undefined> {
  const choice = await new ModelPicker(source, new ModelMemory(memory), undefined, title).pick();
  return choice?.kind === "model" ? choice.id : undefined;
}
