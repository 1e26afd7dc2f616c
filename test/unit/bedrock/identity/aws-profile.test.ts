import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { readAwsProfiles } from "../../../../src/bedrock/identity/aws-profile.ts";
import { loadProfiles } from "../../../../src/bedrock/identity/load-profiles.ts";
import { setVariables } from "../../../support/set-variables.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const session = { sso_start_url: "https://x.awsapps.com/start", sso_region: "eu-west-1" };
const corp = { id: "corp", startUrl: session.sso_start_url, region: "eu-west-1", scopes: ["sso:account:access"] };
const keys = { aws_access_key_id: "AKIA", aws_secret_access_key: "secret" };

describe("readAwsProfiles", () => {
  it("tells static keys, lasting or temporary, and never repeats one", () => {
    const profiles = readAwsProfiles({ a: keys, b: { ...keys, aws_session_token: "token", region: "eu-west-1" } });
    assert.deepEqual(profiles, [
      { name: "a", kind: "static" },
      { name: "b", kind: "static", region: "eu-west-1", isTemporary: true },
    ]);
  });

  it("finds the session of IAM Identity Center, by name or in the profile itself", () => {
    const role = { sso_account_id: "777788889999", sso_role_name: "Dev" };
    const profiles = readAwsProfiles({
      "sso-session.corp": session,
      work: { sso_session: "corp", ...role },
      old: { ...session, ...role },
      lost: { sso_session: "gone", ...role },
    });
    const account = "777788889999";
    assert.deepEqual(profiles, [
      { name: "work", kind: "sso", account, role: "Dev", sso: corp },
      { name: "old", kind: "sso-legacy", account, role: "Dev", sso: { ...corp, id: corp.startUrl, scopes: [] } },
      { name: "lost", kind: "sso", account, role: "Dev" },
    ]);
  });

  it("reads the scopes of a session", () => {
    const scoped = { ...session, sso_registration_scopes: "sso:account:access, codewhisperer:completions" };
    const [work] = readAwsProfiles({ work: { sso_session: "corp" }, "sso-session.corp": scoped });
    assert.deepEqual(work?.sso?.scopes, ["sso:account:access", "codewhisperer:completions"]);
  });

  it("follows a role to where signing in helps, and ends where it leads back to itself", () => {
    const arn = "arn:aws:iam::444455556666:role/path/admin";
    const profiles = readAwsProfiles({
      "sso-session.corp": session,
      work: { sso_session: "corp" },
      admin: { role_arn: arn, source_profile: "work", mfa_serial: "arn:aws:iam::1:mfa/jane" },
      loop: { role_arn: arn, source_profile: "loop" },
      host: { role_arn: arn, credential_source: "Ec2InstanceMetadata" },
    });
    const known = { kind: "assume-role", account: "444455556666", role: "admin" } as const;
    assert.deepEqual(profiles.slice(1), [
      { name: "admin", ...known, sso: corp, from: "work", mfaSerial: "arn:aws:iam::1:mfa/jane" },
      { name: "loop", ...known, from: "loop" },
      { name: "host", ...known, from: "Ec2InstanceMetadata" },
    ]);
  });

  it("asks for a code where a role on the way does, unless that profile has keys of its own", () => {
    const arn = "arn:aws:iam::444455556666:role/far";
    const near = { role_arn: arn, source_profile: "plain", mfa_serial: "arn:aws:iam::1:mfa/jane" };
    const far = { role_arn: arn, source_profile: "near" };
    const serials = (sections: Parameters<typeof readAwsProfiles>[0]) =>
      readAwsProfiles(sections).map(({ mfaSerial }) => mfaSerial);
    assert.deepEqual(serials({ far, near, plain: keys }), [near.mfa_serial, near.mfa_serial, undefined]);
    assert.deepEqual(serials({ far, near: { ...near, ...keys } }), [undefined, near.mfa_serial]);
  });

  it("tells the other kinds, each before those that the SDK looks for later", () => {
    const arn = "arn:aws:iam::1:role/r";
    const all = { ...keys, web_identity_token_file: "f", credential_process: "p", ...session, login_session: "l" };
    const kinds = readAwsProfiles({
      a: { role_arn: arn, source_profile: "x", ...all },
      b: { role_arn: arn, ...all },
      c: { role_arn: arn, web_identity_token_file: "f", credential_process: "p" },
      d: { credential_process: "p", ...session },
      e: { ...session, login_session: "l" },
      f: { login_session: "l" },
      g: { region: "eu-west-1" },
      "services.local": { bedrock: "" },
    }).map(({ kind }) => kind);
    assert.deepEqual(kinds, ["assume-role", "static", "web-identity", "process", "sso-legacy", "login", "incomplete"]);
  });

  it("is given what the SDK's loader reads, as the files are now", async (test) => {
    const folder = await temporaryFolder(test);
    const [config, credentials] = [join(folder, "config"), join(folder, "credentials")];
    setVariables(test, { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials });
    assert.deepEqual(await loadProfiles(), []);
    await writeFile(config, "[profile work]\nsso_session = corp\n[sso-session corp]\nsso_region = eu-west-1\n");
    await writeFile(credentials, "[plain]\naws_access_key_id = a\naws_secret_access_key = b\n");
    assert.deepEqual(
      (await loadProfiles()).map(({ name, kind }) => [name, kind]),
      [
        ["work", "sso"],
        ["plain", "static"],
      ],
    );
  });
});
