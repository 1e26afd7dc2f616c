import { catalogueEntries } from "../catalogue/catalogue.ts";
import { destinationsOfId } from "./destinations.ts";
import type { ListedModel } from "./model-lists.ts";

/** The geography whose profiles a region can use, besides `global`. */
function geographiesOf(region: string | undefined): readonly string[] | undefined {
  if (region === undefined) return undefined;
  if (region.startsWith("us-gov-")) return ["us-gov"];
  if (region.startsWith("ap-northeast-")) return ["jp", "apac"];
  if (region === "ap-southeast-2" || region === "ap-southeast-4") return ["au", "apac"];
  if (region.startsWith("ap-south-")) return ["in", "apac"];
  if (region.startsWith("ca-")) return ["ca", "us"];
  return { ap: ["apac"], us: ["us"], eu: ["eu"] }[region.slice(0, 2)] ?? [];
}

/**
 * What the catalogue holds for a region, for when nothing can be listed. A model that has profiles is offered through
 * them, since many are not invoked by their own id.
 */
export function catalogueModels(region: string | undefined): readonly ListedModel[] {
  const usable = geographiesOf(region);
  const isCommercial = region === undefined || !/^(?:us-gov|cn|us-iso)/u.test(region);
  return catalogueEntries().flatMap(({ id, name, prices }) => {
    const geographies = Object.keys(prices).filter((place) => place !== "region");
    const fitting = geographies.filter(
      (place) => (place === "global" && isCommercial) || usable === undefined || usable.includes(place),
    );
    const ids = geographies.length === 0 ? [id] : fitting.map((place) => `${place}.${id}`);
    return ids.map((modelId): ListedModel => {
      const place = modelId === id ? "" : ` (${modelId.slice(0, modelId.indexOf(".")).toUpperCase()})`;
      return {
        id: modelId,
        name: `${name}${place}`,
        group: "catalogue",
        baseModelId: id,
        destinations: destinationsOfId(modelId, region),
      };
    });
  });
}
