import { draft, focusComposer } from "../composer/draft.ts";
import { runHostCommand } from "../host.ts";
import { OutcropMark } from "../outcrop-mark.tsx";
import { Button } from "../primitives/button.tsx";
import { connection, context } from "../session/panel-state.ts";
import { t } from "../strings.ts";

/** Suggestions that fit beside each other without hiding the composer. */
const mostSuggestions = 3;

/** What Bedrock needs before it can answer, with a button for each thing that helps. */
function SetUp() {
  const missing = context.value?.missing;
  if (missing === undefined && connection.value?.kind !== "bedrock") return null;
  return (
    <div class="set-up">
      {missing === "region" && <p>{t("No AWS Region is set, in the settings, the environment or the profile.")}</p>}
      {missing === "identity" && <p>{t("No AWS identity was found on this machine.")}</p>}
      {missing === "model" && <p>{t("The account had no access to the model when it was selected.")}</p>}
      {missing === "model" && (
        <Button kind="link" onPress={() => runHostCommand("selectModel")}>
          {t("Select Model")}
        </Button>
      )}
      {missing === "region" && (
        <Button kind="link" onPress={() => runHostCommand("setRegion")}>
          {t("Set Region")}
        </Button>
      )}
      <Button kind="link" onPress={() => runHostCommand("selectIdentity")}>
        {t("Select AWS Identity")}
      </Button>
      {missing === "identity" && (
        <>
          <Button kind="link" onPress={() => runHostCommand("setApiKey")}>
            {t("Set API Key")}
          </Button>
          <Button kind="link" onPress={() => runHostCommand("setUpGateway")}>
            {t("Set Up Gateway")}
          </Button>
        </>
      )}
    </div>
  );
}

/** What a new chat shows. Suggestions fill the composer and send nothing. */
export function EmptyState() {
  const restricted = context.value?.restricted === true;
  const suggestions = restricted ? [] : (context.value?.suggestions.slice(0, mostSuggestions) ?? []);
  const isDemo = connection.value?.kind === "demo";
  return (
    <div class="empty-state">
      <OutcropMark />
      <h2 class="empty-state-title">Outcrop</h2>
      <p>
        {restricted
          ? t(
              "This workspace is in Restricted Mode: Outcrop can chat, but not search, read, edit or run anything in it.",
            )
          : t(
              "Ask about your workspace. Outcrop searches and reads it, edits and runs with your approval, on your own Amazon Bedrock.",
            )}
      </p>
      {suggestions.length > 0 && (
        <ul class="suggestions" aria-label={t("Suggested prompts")}>
          {suggestions.map((suggestion) => (
            <li key={suggestion}>
              <Button
                onPress={() => {
                  draft.value = suggestion;
                  focusComposer();
                }}
              >
                {suggestion}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <SetUp />
      <p class="empty-state-note">
        {isDemo
          ? t("The demo model is scripted: it uses the real tools on your workspace, but no AI.")
          : t("AI can make mistakes. Check what it says and does.")}
      </p>
    </div>
  );
}
