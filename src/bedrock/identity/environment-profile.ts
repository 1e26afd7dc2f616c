/** As the AWS CLI reads it; the SDK does not know the second variable. */
function environmentProfile(environment: NodeJS.ProcessEnv): string | undefined {
  return environment["AWS_PROFILE"] || environment["AWS_DEFAULT_PROFILE"] || undefined;
}

/** The profile whose entries count: the chosen one, else the environment's, else that of everybody who names none. */
export function profileInUse(profile: string | undefined, environment: NodeJS.ProcessEnv): string {
  return profile ?? environmentProfile(environment) ?? "default";
}

/** For the configuration of a client of the SDK. */
export function clientProfile(
  profile: string | undefined,
  environment: NodeJS.ProcessEnv,
): { readonly profile?: string } {
  const named = profile ?? environmentProfile(environment);
  return named === undefined ? {} : { profile: named };
}

/**
 * For the SDK's providers of credentials, which use a profile that they are given before the keys of the environment.
 * `AWS_DEFAULT_PROFILE` only says which profile is the default one: the keys are used before it, as by the AWS CLI.
 */
export function signingProfile(
  profile: string | undefined,
  environment: NodeJS.ProcessEnv,
): { readonly profile?: string } {
  const hasKeys = Boolean(environment["AWS_ACCESS_KEY_ID"] && environment["AWS_SECRET_ACCESS_KEY"]);
  if (profile === undefined && !environment["AWS_PROFILE"] && hasKeys) return {};
  return clientProfile(profile, environment);
}
