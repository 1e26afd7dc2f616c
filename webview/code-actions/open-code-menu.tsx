import { render } from "preact";
import type { CodeAction } from "../../src/protocol/code-action.ts";
import { Menu } from "../primitives/menu.tsx";
import { t } from "../strings.ts";

/** Opens the menu of a code block's toolbar below `button`. */
export function openCodeMenu(button: HTMLElement, act: (action: CodeAction) => void): void {
  const toolbar = button.closest(".code-toolbar");
  if (toolbar === null || toolbar.querySelector(".code-menu") !== null) return;
  const place = document.createElement("div");
  place.className = "code-menu";
  toolbar.append(place);
  button.setAttribute("aria-expanded", "true");
  const leave = () => {
    render(null, place);
    place.remove();
    button.setAttribute("aria-expanded", "false");
  };
  const close = () => {
    leave();
    button.focus();
  };
  const items = [
    { label: t("Insert into New File"), fullLabel: t("Insert into New File"), title: "", action: "new-file" },
    { label: t("Insert into Terminal"), fullLabel: t("Insert into Terminal"), title: "", action: "terminal" },
  ] as const;
  render(
    <Menu
      label={t("More actions for this code")}
      groups={[
        {
          title: "",
          description: "",
          items: items.map((item) => ({ ...item, onPress: () => act(item.action) })),
        },
      ]}
      onClose={close}
      onLeave={() => setTimeout(leave)}
    />,
    place,
  );
}
