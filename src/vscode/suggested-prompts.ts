import { makeVisibleLine } from "../policy/display/make-visible.ts";
import { t, text } from "../protocol/localize.ts";

/** What is there to ask about. */
export interface AskableThings {
  readonly hasFolder: boolean;
  /** Git has changes that are not committed. */
  readonly hasChanges: boolean;
  /** What the active editor shows, as it is shown. */
  readonly file: string | undefined;
  /** It understands a few requests, in English. */
  readonly isDemo: boolean;
}

const whole = text("What is this project?");
const changed = text("Review my changes");
const shown = text("Explain {0}");
const left = text("Find the TODO comments");
const tests = text("Run the tests");

/** Prompts that an empty chat offers: such as can be asked of any workspace, and of what is there at the moment. */
export function suggestedPrompts({ hasFolder, hasChanges, file, isDemo }: AskableThings): readonly string[] {
  const say = (prompt: string): string => (isDemo ? prompt : t(prompt));
  const ofFile = file === undefined ? [] : [say(shown).replace("{0}", () => makeVisibleLine(file))];
  if (!hasFolder) return ofFile;
  const [ofNow] = [...(hasChanges && !isDemo ? [say(changed)] : []), ...ofFile, say(left)];
  return [say(whole), ...(ofNow === undefined ? [] : [ofNow]), say(tests)];
}
