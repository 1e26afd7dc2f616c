/** Under plain Node the secrets of headers are variables: OUTCROP_SECRET_DESKKEY holds that of `${secret:deskKey}`. */
export function environmentSecret(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  return environment[`OUTCROP_SECRET_${name.toUpperCase().replaceAll(/[^A-Z0-9]/gu, "_")}`] || undefined;
}
