import { ModelError } from "../../agent/model.ts";
import { t } from "../../protocol/localize.ts";
import type { AwsProfile } from "./aws-profile.ts";
import { profileInUse } from "./environment-profile.ts";
import type { CredentialProvider, Identity } from "./identity.ts";
import { loadProfiles } from "./load-profiles.ts";

/** Asks the user for the code of their device, for the credentials under this key. */
export function askForCode(
  identity: Identity,
  key: string,
  profile: string | undefined,
): (serial: string) => Promise<string> {
  return async (serial) => {
    const code = await identity.askMfaCode(key, serial);
    if (code === undefined) throw noCode(nameOf(profile));
    return code;
  };
}

/**
 * Looks first for the credentials that assume a role with a code. The SDK asks for the code while it looks for them, so
 * that the user would type one in vain, and the failure, which nobody waits for meanwhile, would be one of the process.
 * `ofSource`: the credentials of another profile, on the same way.
 */
export function sourceFirst(
  provider: CredentialProvider,
  profile: string | undefined,
  ofSource: (profile: string) => CredentialProvider,
): CredentialProvider {
  return async (properties) => {
    const profiles = await loadProfiles();
    const source = sourceOfDevice(nameOf(profile), profiles);
    if (source !== undefined) await ofSource(source)(properties);
    return provider(properties);
  };
}

/** Whose credentials assume the role that wants the code, which may be one on the way; undefined where none does. */
function sourceOfDevice(
  profile: string,
  profiles: readonly AwsProfile[],
  seen = new Set<string>(),
): string | undefined {
  const find = (wanted: string | undefined): AwsProfile | undefined => profiles.find(({ name }) => name === wanted);
  const role = find(profile);
  const source = find(role?.from);
  if (role?.mfaSerial === undefined || source === undefined || seen.has(profile)) return undefined;
  seen.add(profile);
  return source.mfaSerial === undefined ? source.name : sourceOfDevice(source.name, profiles, seen);
}

function nameOf(profile: string | undefined): string {
  return profileInUse(profile, process.env);
}

function noCode(profile: string): ModelError {
  const message = t("No multi-factor code was given for the profile {0}: sign in to be asked again.", profile);
  return new ModelError(
    { kind: "credentials", message, actions: ["sign-in", "open-settings"] },
    { most: 0, baseMs: 0 },
  );
}
