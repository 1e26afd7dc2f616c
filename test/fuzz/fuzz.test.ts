import { describe, it } from "node:test";
import { fuzzTargets } from "./fuzz-targets.ts";

process.env["AWS_EC2_METADATA_DISABLED"] = "true";

/** `npm run fuzz` plays many more, with a seed of the day. */
const settings = { seed: 20_261_120, inputs: 3_000 };

describe("arbitrary input breaks no rule", () => {
  for (const target of fuzzTargets) {
    it(target.name, () => target.run({ ...settings, inputs: Math.ceil(settings.inputs * target.share) }));
  }
});
