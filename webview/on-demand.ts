// What is not needed for the first paint, in one chunk: each further chunk would cut what it shares with the panel into pieces.
export { openCodeMenu } from "./code-actions/open-code-menu.tsx";
export { openFind } from "./find/open-find.tsx";
export { attendTranscript } from "./transcript/attend-transcript.ts";
export { unlinkPaths } from "./transcript/check-paths.ts";
export { holdHeight } from "./transcript/hold-height.ts";
export { References } from "./transcript/references.tsx";
export { walkTranscript } from "./transcript/walk-transcript.ts";
