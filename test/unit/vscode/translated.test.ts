import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import ts from "typescript";
import { repositoryRoot } from "../../../scripts/paths.mjs";

/** Calls whose arguments a person reads. */
const tellingCalls = new Set([
  "showInformationMessage",
  "showWarningMessage",
  "showErrorMessage",
  "setStatusBarMessage",
  "showQuickPick",
  "CodeAction",
  "ask",
  "pick",
  "tell",
  "lens",
  "ImportError",
  "SchemaError",
]);
/** Where no tool runs, what a `ToolError` says is for the user. */
const withoutTools = /^src\/vscode\/(?:context|editor-actions|forms|review|sessions)\//u;
/** Members of options, items, buttons and status items that a person reads. */
const shownMembers = new Set([
  ...["title", "placeHolder", "placeholder", "prompt", "label", "description", "detail", "tooltip"],
  ...["openLabel", "saveLabel", "buttons", "close", "message", "problem"],
]);
/** Those that are also names of what nobody reads, and count only where they are assigned: `item.text = …`. */
const assignedMembers = new Set([...shownMembers, "text", "name"]);
/** What takes a text of VS Code's display language, or marks one for it. */
const translators = new Set(["t", "plural", "text"]);
/** What gives back the text that it is given. */
const passing = new Set(["makeVisible", "makeVisibleLine", "String"]);

/** The same in every language: icons, names, settings and commands, addresses. */
const untranslated = [
  /\$\([a-z~-]+\)/gu,
  /\b(?:Outcrop|Amazon Bedrock|AWS|Kong AI Gateway|LiteLLM|Markdown|JSON|HTTP|FIPS)\b/gu,
  /\boutcrop\.\w+|https?:\/\/\S*|\(command:/gu,
];

/** By file: what the model, or a program, reads in such a place, and examples of what is typed. */
const notShown: Readonly<Record<string, readonly string[]>> = {
  "src/compose-routing.ts": ["failover"],
  "src/vscode/editor-actions/prompt-texts.ts": [
    "this problem in `{0}`",
    "Explain {0}: what it means, what causes it and what would solve it.",
    "Fix {0} at its cause.",
  ],
  "src/vscode/forms/extract-to-json.ts": ["Takes the document that was extracted."],
  "src/vscode/forms/json-schema-pick.ts": [
    '{"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]}',
  ],
  "src/vscode/language/typescript-diagnostics.ts": ["information"],
  "src/vscode/models/save-configuration.ts": ["work"],
  "src/vscode/set-header-secret.ts": ["kong"],
  "src/vscode/set-up-gateway.ts": ["anthropic.claude-sonnet-4-5-20250929-v1:0"],
  "src/vscode/support/diagnosis-view.ts": ["copy", "run", "policy"],
};

interface Place {
  readonly file: string;
  readonly source: ts.SourceFile;
}

function sourcesOf(...patterns: readonly string[]): readonly Place[] {
  const files = patterns.flatMap((pattern) => globSync(pattern, { cwd: repositoryRoot })).toSorted();
  return files.map((file) => ({ file, source: parse(readFileSync(join(repositoryRoot, file), "utf8")) }));
}

function parse(code: string): ts.SourceFile {
  return ts.createSourceFile("source.ts", code, ts.ScriptTarget.Latest, true);
}

/** The texts of a source that a person is shown in English, whatever VS Code's display language is. */
function bareTexts({ file, source }: Place): readonly string[] {
  const constants = constantsOf(source);
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    for (const shown of shownBy(node, withoutTools.test(file))) {
      for (const text of literalsIn(shown, constants, new Set())) found.add(text);
    }
    node.forEachChild(visit);
  };
  visit(source);
  const isShown = (text: string): boolean =>
    /\p{L}{2,}/u.test(untranslated.reduce((rest, same) => rest.replaceAll(same, ""), text));
  return [...found].filter((text) => isShown(text) && notShown[file]?.includes(text) !== true);
}

function shownBy(node: ts.Node, tellsErrors: boolean): readonly ts.Expression[] {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const name = nameOf(node.expression);
    return tellingCalls.has(name) || (tellsErrors && name === "ToolError") ? [...(node.arguments ?? [])] : [];
  }
  if (ts.isPropertyAssignment(node) && shownMembers.has(node.name.getText())) return [node.initializer];
  if (ts.isShorthandPropertyAssignment(node) && shownMembers.has(node.name.text)) return [node.name];
  const isAssignment = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  if (isAssignment && ts.isPropertyAccessExpression(node.left) && assignedMembers.has(node.left.name.text)) {
    return [node.right];
  }
  return [];
}

function nameOf(callee: ts.Expression): string {
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text;
  return ts.isIdentifier(callee) ? callee.text : "";
}

/** Constants by their name, wherever in the file they are. */
function constantsOf(source: ts.SourceFile): ReadonlyMap<string, readonly ts.Expression[]> {
  const constants = new Map<string, ts.Expression[]>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined) {
      constants.set(node.name.text, [...(constants.get(node.name.text) ?? []), node.initializer]);
    }
    node.forEachChild(visit);
  };
  visit(source);
  return constants;
}

/** What an expression comes to in texts of its own; parts of a template count by themselves. */
function literalsIn(
  node: ts.Expression,
  constants: ReadonlyMap<string, readonly ts.Expression[]>,
  seen: Set<ts.Expression>,
): readonly string[] {
  if (seen.has(node)) return [];
  seen.add(node);
  const within = (...nodes: readonly ts.Expression[]) => nodes.flatMap((each) => literalsIn(each, constants, seen));
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) {
    const own = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
    return [...own, ...within(...node.templateSpans.map(({ expression }) => expression))];
  }
  if (ts.isConditionalExpression(node)) return within(node.whenTrue, node.whenFalse);
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return within(node.expression);
  if (ts.isArrayLiteralExpression(node)) return within(...node.elements);
  if (ts.isSpreadElement(node)) return within(node.expression);
  if (ts.isBinaryExpression(node)) return isJoining(node) ? within(node.left, node.right) : [];
  if (ts.isIdentifier(node)) return within(...(constants.get(node.text) ?? []));
  if (!ts.isCallExpression(node) || translators.has(nameOf(node.expression))) return [];
  return passing.has(nameOf(node.expression)) ? within(...node.arguments) : [];
}

function isJoining({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return [
    ts.SyntaxKind.PlusToken,
    ts.SyntaxKind.QuestionQuestionToken,
    ts.SyntaxKind.BarBarToken,
    ts.SyntaxKind.AmpersandAmpersandToken,
  ].includes(kind);
}

/** Calls of `t` and `plural` that are made when the module is loaded. */
function earlyCalls(node: ts.Node): readonly string[] {
  if (ts.isFunctionLike(node) || ts.isPropertyDeclaration(node)) return [];
  const early: string[] = [];
  if (ts.isCallExpression(node) && ["t", "plural"].includes(nameOf(node.expression))) early.push(node.getText());
  node.forEachChild((child) => void early.push(...earlyCalls(child)));
  return early;
}

describe("what a person reads in VS Code", () => {
  it("UX98 is in VS Code's display language: no bare text in dialogs, notifications, lists, progress and status items", () => {
    const places = sourcesOf("src/vscode/**/*.ts", "src/compose-*.ts", "src/extension.ts");
    const bare = places.flatMap((place) => bareTexts(place).map((text) => `${place.file}: ${text}`));
    assert.deepEqual(bare, []);
  });

  for (const code of [
    'void vscode.window.showInformationMessage("Bare text.");',
    'const told = `Bare text.`; void vscode.window.showErrorMessage(makeVisible(told), t("Open"));',
    'await dialogs.ask({ title: t("Title"), detail, buttons: ["Bare", text("Translated")] });',
    'await vscode.window.showQuickPick(items, { placeHolder: isEmpty ? "bare" : t("Translated") });',
    'const item = { label: "$(key) " + (isOn ? t("On") : "Bare"), description: id };',
    'list.title = given ?? "Bare text";',
    'this.#item.tooltip = "Bare text\\n" + t("Translated");',
    'throw new ToolError("Bare text.");',
  ]) {
    it(`UX98 a bare text is found: ${code}`, () => {
      const [found = "", ...more] = bareTexts({ file: "src/vscode/forms/form.ts", source: parse(code) });
      assert.match(found, /^bare/iu);
      assert.deepEqual(more, []);
    });
  }

  it("UX98 is not asked for before the language is known", () => {
    const early = sourcesOf("src/**/*.ts").flatMap(({ file, source }) =>
      earlyCalls(source).map((call) => `${file}: ${call}`),
    );
    assert.deepEqual(early, []);
  });
});
