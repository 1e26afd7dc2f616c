import {
  type BedrockClient,
  type FoundationModelSummary,
  type InferenceProfileSummary,
  ListFoundationModelsCommand,
  paginateListImportedModels,
  paginateListInferenceProfiles,
  paginateListPromptRouters,
  paginateListProvisionedModelThroughputs,
} from "@aws-sdk/client-bedrock";
import { type Destinations, destinationsOfArns, destinationsOfId } from "./destinations.ts";
import { idOfArn } from "./model-kind.ts";

/** Where the picker shows a model. */
export type ModelGroup = "yours" | "geographic" | "global" | "on-demand" | "bought" | "router" | "catalogue";

/** A model that can be invoked by this id. */
export interface ListedModel {
  readonly id: string;
  readonly name: string;
  readonly group: ModelGroup;
  /** The foundation model behind it, where it is known. */
  readonly baseModelId: string | undefined;
  readonly destinations: Destinations;
}

/** One of the control plane's lists, and the IAM action that it needs. */
export interface ModelList {
  readonly action: string;
  read(client: BedrockClient, region: string | undefined, signal: AbortSignal): Promise<readonly ListedModel[]>;
}

/** Models that are listed with text as their output and take no Converse request. */
const notConverse = /^(?:stability|twelvelabs|luma)\.|embed|rerank|image|canvas|reel|sonic/u;

const pageSize = 100;

/** Each stands for itself: one that is denied takes nothing from the others. */
export const modelLists: readonly ModelList[] = [
  { action: "bedrock:ListInferenceProfiles", read: readProfiles },
  {
    action: "bedrock:ListFoundationModels",
    read: async (client, region, abortSignal) => {
      const command = new ListFoundationModelsCommand({ byOutputModality: "TEXT" });
      const { modelSummaries = [] } = await client.send(command, { abortSignal });
      return modelSummaries.flatMap((model) => fromFoundationModel(model, region));
    },
  },
  {
    action: "bedrock:ListProvisionedModelThroughputs",
    read: async (client, region, abortSignal) => {
      const listed: ListedModel[] = [];
      const pages = paginateListProvisionedModelThroughputs(
        { client, pageSize },
        { statusEquals: "InService" },
        { abortSignal },
      );
      for await (const { provisionedModelSummaries = [] } of pages) {
        for (const {
          provisionedModelArn: id,
          provisionedModelName: name = "",
          foundationModelArn,
        } of provisionedModelSummaries) {
          if (id === undefined) continue;
          const destinations = destinationsOfId(id, region);
          listed.push({ id, name, group: "bought", baseModelId: idOfArn(foundationModelArn), destinations });
        }
      }
      return listed;
    },
  },
  {
    action: "bedrock:ListImportedModels",
    read: async (client, region, abortSignal) => {
      const listed: ListedModel[] = [];
      for await (const { modelSummaries = [] } of paginateListImportedModels(
        { client, pageSize },
        {},
        { abortSignal },
      )) {
        for (const { modelArn: id, modelName: name = "", instructSupported } of modelSummaries) {
          // Only a model that follows instructions has a chat template, which Converse needs.
          if (id === undefined || instructSupported === false) continue;
          listed.push({
            id,
            name,
            group: "bought",
            baseModelId: undefined,
            destinations: destinationsOfId(id, region),
          });
        }
      }
      return listed;
    },
  },
  {
    action: "bedrock:ListPromptRouters",
    read: async (client, _region, abortSignal) => {
      const listed: ListedModel[] = [];
      for await (const { promptRouterSummaries = [] } of paginateListPromptRouters(
        { client, pageSize },
        {},
        { abortSignal },
      )) {
        for (const {
          promptRouterArn: id,
          promptRouterName: name = "",
          models = [],
          fallbackModel,
        } of promptRouterSummaries) {
          if (id === undefined) continue;
          const destinations = destinationsOfArns([...models, fallbackModel].flatMap((model) => model?.modelArn ?? []));
          listed.push({ id, name, group: "router", baseModelId: idOfArn(fallbackModel?.modelArn), destinations });
        }
      }
      return listed;
    },
  },
];

/** The account's own before AWS's. */
async function readProfiles(client: BedrockClient, region: string | undefined, abortSignal: AbortSignal) {
  const read = async (typeEquals: "APPLICATION" | "SYSTEM_DEFINED"): Promise<readonly ListedModel[]> => {
    const listed: ListedModel[] = [];
    const pages = paginateListInferenceProfiles({ client, pageSize }, { typeEquals }, { abortSignal });
    for await (const { inferenceProfileSummaries = [] } of pages) {
      listed.push(...inferenceProfileSummaries.flatMap((profile) => fromProfile(profile, region)));
    }
    return listed;
  };
  return (await Promise.all([read("APPLICATION"), read("SYSTEM_DEFINED")])).flat();
}

function fromProfile(profile: InferenceProfileSummary, region: string | undefined): readonly ListedModel[] {
  const { inferenceProfileArn, inferenceProfileId, inferenceProfileName, type, status, models = [] } = profile;
  const isSystem = type === "SYSTEM_DEFINED";
  const id = isSystem ? inferenceProfileId : inferenceProfileArn;
  const arns = models.flatMap(({ modelArn }) => modelArn ?? []);
  const baseModelId = idOfArn(arns[0]);
  if (id === undefined || status !== "ACTIVE" || notConverse.test(baseModelId ?? "")) return [];
  const destinations = arns.length > 0 ? destinationsOfArns(arns) : destinationsOfId(id, region);
  const group = !isSystem ? "yours" : id.startsWith("global.") ? "global" : "geographic";
  return [{ id, name: inferenceProfileName ?? id, group, baseModelId, destinations }];
}

/** A model without `ON_DEMAND` is invoked through a profile, which is listed where it exists. */
function fromFoundationModel(model: FoundationModelSummary, region: string | undefined): readonly ListedModel[] {
  const { modelId: id, modelName, inferenceTypesSupported = [], inputModalities = ["TEXT"] } = model;
  if (id === undefined || model.responseStreamingSupported === false || notConverse.test(id)) return [];
  if (!inferenceTypesSupported.includes("ON_DEMAND") || !inputModalities.includes("TEXT")) return [];
  return [
    {
      id,
      name: modelName ?? id,
      group: "on-demand",
      baseModelId: id,
      destinations: destinationsOfId(id, region),
    },
  ];
}
