import { render } from "preact";
import { t } from "../strings.ts";
import { listenForReports } from "./usage-host.ts";
import { UsageView } from "./usage-view.tsx";

const root = document.getElementById("outcrop");
if (root === null) throw new Error("The page has no element #outcrop.");
listenForReports((message) => {
  const page =
    message.type === "report" ? (
      <UsageView report={message.report} />
    ) : (
      <main class="usage">
        <h1>{t("Usage")}</h1>
        <p role="alert">{message.message}</p>
      </main>
    );
  render(page, root);
});
