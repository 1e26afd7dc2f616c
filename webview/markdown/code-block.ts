import { createIcon } from "../icon.tsx";
import { t } from "../strings.ts";

/**
 * A fenced or indented code block: the language, a Copy button and the text, which scrolls sideways by itself.
 * @param language the info string's first word, or an empty string
 */
export function createCodeBlock(language: string, text: string): HTMLElement {
  const block = document.createElement("div");
  block.className = "code-block";
  block.setAttribute("role", "group");
  block.setAttribute("aria-label", language === "" ? t("Code") : t("Code, {0}", language));
  const code = document.createElement("code");
  code.dataset["language"] = language;
  code.append(document.createTextNode(text));
  const scroller = document.createElement("pre");
  scroller.tabIndex = 0;
  scroller.append(code);
  block.append(createHeader(language), scroller);
  return block;
}

function createHeader(language: string): HTMLElement {
  const header = document.createElement("div");
  header.className = "code-header";
  const label = document.createElement("span");
  label.className = "code-language";
  label.textContent = language;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "icon-button copy-button";
  button.dataset["action"] = "copy-code";
  button.title = t("Copy");
  button.setAttribute("aria-label", t("Copy code"));
  button.append(createIcon("copy"), createIcon("check"));
  header.append(label, button);
  return header;
}
