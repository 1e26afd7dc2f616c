export { QueueList } from "../queue/queue-list.tsx";
export { SendMenu } from "../queue/send-menu.tsx";
export { RestoreQuestion } from "../review/restore-question.tsx";
export { PromptEditor } from "../transcript/prompt-editor.tsx";
