import { runHostCommand } from "../host.ts";
import { Icon } from "../icon.tsx";
import { hostOf, modelName } from "../model-name.ts";
import { Button } from "../primitives/button.tsx";
import { keyNames } from "../session/key-names.ts";
import { selectModel } from "../session/panel-keys.ts";
import { connection, context } from "../session/panel-state.ts";
import { t } from "../strings.ts";
import { ContextBar } from "./context-bar.tsx";

/** The model that answers; a press picks another one. */
export function ModelButton() {
  if (connection.value === null) return <span />;
  const name = modelName(connection.value);
  const id = (connection.value.kind === "bedrock" && connection.value.modelId) || name;
  return (
    <button
      type="button"
      class="model-button"
      aria-label={t("Model: {0}. Select another model", name)}
      title={t("{0}. Select another model ({1})", id, keyNames.selectModel)}
      onClick={selectModel}
    >
      <span class="model-button-name">{name}</span>
      <Icon name="chevron-down" />
    </button>
  );
}

/** In Restricted Mode there are no tools; the way out is VS Code's own. */
export function RestrictedRow() {
  if (context.value?.restricted !== true) return null;
  return (
    <div class="connection-row">
      <span class="connection-label">
        <Icon name="warning" />
        <span>{t("Restricted Mode: no tools")}</span>
      </span>
      <Button kind="link" onPress={() => runHostCommand("manageTrust")}>
        {t("Trust Workspace")}
      </Button>
    </div>
  );
}

/** Below the box: where prompts go. A scripted answer must never pass for a model's. */
export function ConnectionRow() {
  if (connection.value === null) return null;
  if (connection.value.kind === "demo") {
    return (
      <div class="connection-row">
        <span class="connection-label">
          <Icon name="beaker" />
          <span>{t("Demo model: scripted, no AI")}</span>
        </span>
        <Button kind="link" onPress={() => runHostCommand("selectIdentity")}>
          {t("Use Amazon Bedrock")}
        </Button>
      </div>
    );
  }
  const { endpoint, region, configuration } = connection.value;
  const place = [hostOf(endpoint) || region, configuration].filter(Boolean).join(" · ");
  return (
    <div class="connection-row">
      <span class="connection-label" title={endpoint}>
        <Icon name="cloud" />
        <span>{place === "" ? t("Amazon Bedrock") : t("Amazon Bedrock · {0}", place)}</span>
      </span>
      <ContextBar />
    </div>
  );
}
