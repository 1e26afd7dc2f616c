/**
 * A model id as people say it: `global.anthropic.claude-sonnet-4-5-20250929-v1:0` is `claude-sonnet-4-5`. For an ARN, its last part.
 */
export function shortModelName(modelId: string): string {
  const id = modelId.split("/").at(-1) ?? modelId;
  const name = id
    .replace(/^(?:[a-z]{2,6}(?:-gov)?\.)?(?:[a-z0-9]+)\.(?=[a-z])/, "")
    .replace(/-\d{8}(?=-|$)/, "")
    .replace(/-v\d+(?::\d+)*(?::\d+k)?$/, "")
    .replace(/:\d+$/, "");
  return name === "" ? modelId : name;
}
