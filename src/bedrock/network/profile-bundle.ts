import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The file that `ca_bundle` of a profile of `~/.aws/config` names, as the AWS CLI reads it; the SDK does not know it. Read
 * at once, because a client's agents are there when it is made.
 */
export function profileBundle(profile: string, environment: NodeJS.ProcessEnv): string | undefined {
  const text = readText(environment["AWS_CONFIG_FILE"] || join(homedir(), ".aws", "config"));
  let isOwn = false;
  let bundle: string | undefined;
  for (const line of text.split(/\r?\n/u)) {
    const section = /^\s*\[\s*(?:profile\s+)?(["']?)([^\]]*?)\1\s*\]/u.exec(line);
    if (section !== null) isOwn = section[2] === profile;
    // An indented line belongs to the entry before it.
    else if (isOwn) bundle = /^ca_bundle\s*[=:]\s*(.*?)\s*$/u.exec(line)?.[1] ?? bundle;
  }
  return bundle || undefined;
}

/** Nobody needs to have such a file. */
function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
