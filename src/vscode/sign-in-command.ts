/** Characters that no shell reads as more than a part of a word. */
const plainWord = /^[\w.@+,=:/-]+$/u;

/**
 * The AWS CLI's command that signs a profile with a `login_session` in, as the user types it into any shell. Undefined
 * where the profile's name has characters that a shell may take for something else.
 * https://docs.aws.amazon.com/cli/latest/reference/login/
 */
export function signInCommand(profile: string): string | undefined {
  return plainWord.test(profile) && !profile.startsWith("-") ? `aws login --profile ${profile}` : undefined;
}
