import assert from "node:assert/strict";
import { test } from "node:test";
import { childEnvironment } from "../../../src/headless/child-environment.ts";

test("Children get the environment without credentials and without what would change how they run", () => {
  const environment = {
    PATH: "/usr/bin",
    HOME: "/home/me",
    LANG: "C.UTF-8",
    KEYBOARD: "de",
    AWS_PROFILE: "me",
    AWS_SECRET_ACCESS_KEY: "x",
    GITHUB_TOKEN: "x",
    DB_PASSWORD: "x",
    OPENAI_API_KEY: "x",
    NODE_OPTIONS: "--inspect",
    NODE_TEST_CONTEXT: "child",
    ELECTRON_RUN_AS_NODE: "1",
    VSCODE_PID: "1",
    npm_config_registry: "x",
  };

  assert.deepEqual(childEnvironment(environment), {
    PATH: "/usr/bin",
    HOME: "/home/me",
    LANG: "C.UTF-8",
    KEYBOARD: "de",
  });
});
