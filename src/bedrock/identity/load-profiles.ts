import { parseKnownFiles } from "@smithy/core/config";
import { type AwsProfile, readAwsProfiles } from "./aws-profile.ts";

/** The profiles of `~/.aws`, or of the files that the environment names, as they are now. None where there are no files. */
export async function loadProfiles(): Promise<readonly AwsProfile[]> {
  return readAwsProfiles(await parseKnownFiles({ ignoreCache: true }));
}
