import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { asksForSecret, secretNote } from "../../../../src/protocol/secret-prompt.ts";
import { RunningProgram } from "../../../../src/tools/running/running-program.ts";

/** A program that prints what the test says, and what its follower hears of it. */
async function programScene(test: TestContext) {
  test.mock.timers.enable({ apis: ["setTimeout"] });
  let print: (text: string) => void = () => assert.fail("not started");
  let exit: () => void = () => assert.fail("not started");
  const keeper = { push: () => undefined, note: async () => "", close: async () => undefined };
  const program = new RunningProgram(
    "p1",
    {
      name: "The command",
      run: (_, output) => {
        print = output;
        return new Promise<void>((resolve) => {
          exit = resolve;
        });
      },
      headline: () => "It ended",
      headSize: 1_000,
      tailSize: 1_000,
    },
    keeper,
  );
  const heard: string[] = [];
  program.follow((text) => void heard.push(text));
  await Promise.resolve();
  return { program, heard, print: (text: string) => print(text), exit: () => exit(), timers: test.mock.timers };
}

describe("a program that asks for a secret", () => {
  it("UX77 is told of once it waits, and neither its question nor a note of it is in what the model gets", async (test) => {
    const { program, heard, print, exit, timers } = await programScene(test);
    print("Connecting\n[sudo] pass\x1b[0mword for ada: ");
    timers.tick(600);
    assert.deepEqual(heard, ["Connecting\n"]);
    timers.tick(200);
    assert.deepEqual(heard, ["Connecting\n", secretNote]);
    print("\nWelcome\n");
    exit();
    await program.over;
    timers.tick(10_000);
    assert.equal(heard.filter((text) => text === secretNote).length, 1);
    assert.equal(await program.output(), "Connecting\n[sudo] password for ada: \nWelcome\n");
  });

  it("is not told of where it goes on by itself, or has ended", async (test) => {
    const { program, heard, print, exit, timers } = await programScene(test);
    print("token: ");
    timers.tick(600);
    print("42\nPassword:");
    exit();
    await program.over;
    timers.tick(10_000);
    assert.deepEqual(heard, ["token: 42\n", "Password:"]);
  });
});

describe("asksForSecret", () => {
  for (const line of [
    "Password:",
    "Enter passphrase for key '/home/ada/.ssh/id_ed25519': ",
    "MFA one-time code? ",
    "PIN: ",
  ]) {
    it(`is true of ${line}`, () => assert.equal(asksForSecret(line), true));
  }
  for (const line of ["", "Continue? ", "password: ok", "Spinning:", "passwords are checked: 3 of 4 "]) {
    it(`is false of ${line}`, () => assert.equal(asksForSecret(line), false));
  }
});
