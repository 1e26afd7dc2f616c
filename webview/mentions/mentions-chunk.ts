// One chunk for both, so that what they share with the panel is cut into no more pieces than needed.
export { HelpCard } from "./help-card.tsx";
export { mentionList } from "./mention-list.tsx";
