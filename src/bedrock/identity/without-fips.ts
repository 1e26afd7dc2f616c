import { profileInUse } from "./environment-profile.ts";
import type { CredentialProvider } from "./identity.ts";
import { loadProfiles } from "./load-profiles.ts";

/**
 * IAM Identity Center has no endpoints with FIPS in their names, in no partition, and the SDK makes names of them that do
 * not exist (aws/aws-cli#9026, boto/botocore#3419). Whatever is set, the providers of a profile that signs in there are
 * made without; all other requests keep to what is set.
 */
export function ssoWithoutFips(
  profile: string | undefined,
  make: (own: { readonly useFipsEndpoint?: false }) => CredentialProvider,
): CredentialProvider {
  const [usual, plain] = [make({}), make({ useFipsEndpoint: false })];
  return async (properties) => {
    const named = profileInUse(profile, process.env);
    const usesSso = (await loadProfiles()).find(({ name }) => name === named)?.sso !== undefined;
    return (usesSso ? plain : usual)(properties);
  };
}
