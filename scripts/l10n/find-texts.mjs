import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { repositoryRoot } from "../paths.mjs";

/** What turns a text into one of VS Code's display language: `src/protocol/localize.ts`. How many of the first arguments are texts. */
const translators = new Map([
  ["t", { from: 0, to: 1 }],
  ["text", { from: 0, to: 1 }],
  ["plural", { from: 1, to: 3 }],
]);

/**
 * Every text of the sources that can be translated.
 * @returns {{ readonly texts: readonly string[], readonly problems: readonly string[] }} sorted; problems: texts that cannot be found because they are no literals
 */
export function findTexts() {
  /** @type {Set<string>} */
  const texts = new Set();
  /** @type {string[]} */
  const problems = [];
  const paths = ["src", "webview"].flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: repositoryRoot }));
  for (const path of paths.toSorted()) {
    if (path.endsWith("protocol/localize.ts")) continue;
    const source = ts.createSourceFile(
      path,
      readFileSync(join(repositoryRoot, path), "utf8"),
      ts.ScriptTarget.Latest,
      true,
    );
    if (!/(?:localize|strings)\.ts"/u.test(source.text)) continue;
    visit(source, source, { texts, problems });
  }
  return { texts: [...texts].toSorted(), problems };
}

/** @param {ts.Node} node @param {ts.SourceFile} source @param {{ readonly texts: Set<string>, readonly problems: string[] }} found */
function visit(node, source, found) {
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
    const translator = translators.get(node.expression.text);
    if (translator !== undefined) {
      for (const argument of node.arguments.slice(translator.from, translator.to)) take(argument, source, found);
    }
  }
  node.forEachChild((child) => visit(child, source, found));
}

/** @param {ts.Expression} argument @param {ts.SourceFile} source @param {{ readonly texts: Set<string>, readonly problems: string[] }} found */
function take(argument, source, { texts, problems }) {
  if (ts.isStringLiteralLike(argument)) texts.add(argument.text);
  else if (ts.isConditionalExpression(argument)) {
    take(argument.whenTrue, source, { texts, problems });
    take(argument.whenFalse, source, { texts, problems });
  } else if (ts.isParenthesizedExpression(argument)) take(argument.expression, source, { texts, problems });
  else if (ts.isTemplateExpression(argument) || ts.isBinaryExpression(argument)) {
    const { line } = source.getLineAndCharacterOfPosition(argument.getStart());
    problems.push(`${source.fileName}:${line + 1}: a text to translate is a literal, with {0} where something stands`);
  }
}
