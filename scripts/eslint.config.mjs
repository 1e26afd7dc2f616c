import typescript from "typescript-eslint";

const notices = "/^show(Information|Warning|Error)Message$/";
const message = "Write plainNotice(…) around a text that is not fixed: notices make links of what others wrote.";

/** Only what Biome cannot see without types; everything else is Biome's. */
export default [
  { ignores: ["**/node_modules/", "**/dist/", "**/out/", "test/fixtures/"] },
  {
    files: ["src/**/*.ts", "webview/**/*.ts", "webview/**/*.tsx", "test/**/*.ts", "scripts/**/*.mjs"],
    linterOptions: { reportUnusedDisableDirectives: "off" },
    languageOptions: {
      parser: typescript.parser,
      parserOptions: {
        project: ["tsconfig.json", "webview/tsconfig.json", "test/tsconfig.json"],
        tsconfigRootDir: new URL("..", import.meta.url).pathname,
      },
    },
    plugins: { "@typescript-eslint": typescript.plugin },
    rules: {
      // node:test's own functions are run by the test runner, whether awaited or not.
      "@typescript-eslint/no-floating-promises": [
        "error",
        {
          allowForKnownSafeCalls: [
            { from: "package", name: ["test", "it", "suite", "describe"], package: "node:test" },
          ],
        },
      ],
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/await-thenable": "error",
    },
  },
  {
    files: ["src/**/*.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        // Fixed is t("…") with nothing filled in. A modal dialog makes no links.
        {
          selector: `CallExpression[callee.property.name=${notices}]:not([arguments.0.callee.name="plainNotice"], [arguments.0.callee.name="t"][arguments.0.arguments.length=1], [arguments.1.type="ObjectExpression"])`,
          message,
        },
        { selector: `MemberExpression[property.name=${notices}]:not(CallExpression > .callee)`, message },
      ],
    },
  },
];
