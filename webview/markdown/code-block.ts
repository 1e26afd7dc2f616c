import { createIcon, type IconName } from "../icon.tsx";
import { t } from "../strings.ts";

/** What a fence's info string says of its code. */
export interface CodeInfo {
  /** Its first word, or an empty string. */
  readonly language: string;
  /** The path that it names. */
  readonly file?: string | undefined;
}

/** A fenced or indented code block: the language, a toolbar and the text, which scrolls sideways by itself. */
export function createCodeBlock({ language, file }: CodeInfo, text: string): HTMLElement {
  const block = document.createElement("div");
  block.className = "code-block";
  block.setAttribute("role", "group");
  block.setAttribute("aria-label", language === "" ? t("Code") : t("Code, {0}", language));
  if (file !== undefined) block.dataset["file"] = file;
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
  header.append(label, createToolbar());
  return header;
}

/** One stop for the Tab key; `answer-clicks.ts` hears its buttons and arrow keys. */
function createToolbar(): HTMLElement {
  const toolbar = document.createElement("div");
  toolbar.className = "code-toolbar";
  toolbar.setAttribute("role", "toolbar");
  toolbar.setAttribute("aria-label", t("Code block toolbar"));
  const copy = createButton("copy-code", "copy", t("Copy"), t("Copy code"));
  copy.classList.add("copy-button");
  copy.append(createIcon("check"));
  copy.tabIndex = 0;
  const more = createButton("more-code", "ellipsis", t("More…"), t("More actions for this code"));
  more.setAttribute("aria-haspopup", "menu");
  more.setAttribute("aria-expanded", "false");
  toolbar.append(
    copy,
    createButton("insert-at-cursor", "insert", t("Insert at Cursor")),
    createButton("apply-in-editor", "diff-multiple", t("Apply in Editor")),
    more,
  );
  return toolbar;
}

function createButton(action: string, icon: IconName, title: string, label = title): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "icon-button";
  button.tabIndex = -1;
  button.dataset["action"] = action;
  button.title = title;
  button.setAttribute("aria-label", label);
  button.append(createIcon(icon));
  return button;
}
