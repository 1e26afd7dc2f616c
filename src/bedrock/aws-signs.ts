import { access } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

const variables = [
  "AWS_ACCESS_KEY_ID",
  "AWS_PROFILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_BEARER_TOKEN_BEDROCK",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
];

/**
 * Whether this machine shows any sign of AWS credentials. Looks at names only: no SDK is loaded, no file is read and
 * nothing goes over the network, so it may run when the panel opens.
 */
export async function hasSignsOfAws(environment: NodeJS.ProcessEnv): Promise<boolean> {
  if (variables.some((name) => environment[name])) return true;
  const files = [
    environment["AWS_SHARED_CREDENTIALS_FILE"] ?? join(homedir(), ".aws", "credentials"),
    environment["AWS_CONFIG_FILE"] ?? join(homedir(), ".aws", "config"),
  ];
  const found = await Promise.all(
    files.map((file) =>
      access(file).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}
