/** Where our own processes put what is nobody else's business: credentials, and what would change how a child's Node or npm runs. */
const WITHHELD =
  /^(AWS_|VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$|NODE_TEST_CONTEXT$|NODE_V8_COVERAGE$|INIT_CWD$)|TOKEN|SECRET|PASSW(OR)?D|CREDENTIAL|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY/i;

/** The environment that programs are started with: this process's own without credentials and without what would change how they run. */
export function childEnvironment(environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !WITHHELD.test(name)));
}
