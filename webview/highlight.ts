import bash from "highlight.js/lib/languages/bash";
import cpp from "highlight.js/lib/languages/cpp";
import csharp from "highlight.js/lib/languages/csharp";
import css from "highlight.js/lib/languages/css";
import diff from "highlight.js/lib/languages/diff";
import dockerfile from "highlight.js/lib/languages/dockerfile";
import go from "highlight.js/lib/languages/go";
import ini from "highlight.js/lib/languages/ini";
import java from "highlight.js/lib/languages/java";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import kotlin from "highlight.js/lib/languages/kotlin";
import markdown from "highlight.js/lib/languages/markdown";
import python from "highlight.js/lib/languages/python";
import ruby from "highlight.js/lib/languages/ruby";
import rust from "highlight.js/lib/languages/rust";
import sql from "highlight.js/lib/languages/sql";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";
import { createLowlight } from "lowlight";
import type { Highlighter } from "./markdown/highlighter.ts";

// Loaded with the first code block that is finished, so that grammars never delay a paint.
const lowlight = createLowlight({
  bash,
  cpp,
  csharp,
  css,
  diff,
  dockerfile,
  go,
  ini,
  java,
  javascript,
  json,
  kotlin,
  markdown,
  python,
  ruby,
  rust,
  sql,
  typescript,
  xml,
  yaml,
});

lowlight.registerAlias({ cpp: ["c", "h"], xml: ["vue", "svelte"], json: ["jsonc"], bash: ["zsh", "shell", "console"] });

export const highlight: Highlighter = (language, code) => {
  const name = language.toLowerCase();
  if (!lowlight.registered(name)) return undefined;
  const fragment = document.createDocumentFragment();
  fragment.append(...lowlight.highlight(name, code).children.flatMap(toNodes));
  return fragment;
};

type Content = ReturnType<typeof lowlight.highlight>["children"][number];

function toNodes(content: Content): readonly Node[] {
  if (content.type === "text") return [document.createTextNode(content.value)];
  if (content.type !== "element") return [];
  const span = document.createElement("span");
  const classes = content.properties["className"];
  if (Array.isArray(classes)) span.className = classes.join(" ");
  span.append(...content.children.flatMap(toNodes));
  return [span];
}
