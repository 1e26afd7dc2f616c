import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { getCACertificates } from "node:tls";
import { isModelError } from "../../../../src/agent/model.ts";
import { trustedAuthorities } from "../../../../src/bedrock/network/trusted-authorities.ts";
import { makePrivateAuthority } from "../../../support/private-authority.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const { ca } = makePrivateAuthority();
const { ca: other } = makePrivateAuthority();

/** Without the files of whoever runs this. */
const nobody = { AWS_CONFIG_FILE: "/nonexistent/config" };

async function bundle(test: TestContext, text: string): Promise<string> {
  const file = join(await temporaryFolder(test), "bundle.pem");
  await writeFile(file, text);
  return file;
}

describe("trustedAuthorities", () => {
  it("names nobody where no file is named, so that Node and VS Code use their own", () => {
    assert.deepEqual(trustedAuthorities(undefined, nobody), { ca: undefined, bundle: undefined });
    assert.deepEqual(trustedAuthorities(undefined, { ...nobody, AWS_CA_BUNDLE: "" }), {
      ca: undefined,
      bundle: undefined,
    });
  });

  it("adds every certificate of the file to those of the system, comments left out", async (test) => {
    const path = await bundle(test, `# Corp root\n${ca}\nCorp issuing\r\n${other}`);
    const trusted = trustedAuthorities(path, {});
    assert.deepEqual(trusted.ca?.slice(-2), [ca.trim(), other.trim()]);
    assert.deepEqual(trusted.bundle, { from: "outcrop.caBundle", path });
    const all = new Set(trusted.ca);
    const missing = [...getCACertificates("default"), ...getCACertificates("system")].filter((pem) => !all.has(pem));
    assert.deepEqual([missing.length, all.size > 100], [0, true]);
  });

  it("takes AWS_CA_BUNDLE where the setting is empty", async (test) => {
    const [fromVariable, fromSetting] = [await bundle(test, ca), await bundle(test, other)];
    const environment = { AWS_CA_BUNDLE: fromVariable };
    assert.deepEqual(trustedAuthorities(undefined, environment).bundle, { from: "AWS_CA_BUNDLE", path: fromVariable });
    assert.equal(trustedAuthorities(undefined, environment).ca?.at(-1), ca.trim());
    assert.equal(trustedAuthorities(fromSetting, environment).ca?.at(-1), other.trim());
  });

  it("takes ca_bundle of the profile where neither names one, as the AWS CLI does", async (test) => {
    const [own, variable] = [await bundle(test, ca), await bundle(test, other)];
    const file = join(await temporaryFolder(test), "config");
    await writeFile(
      file,
      `[default]\nregion = eu-west-1\n[profile work]\ns3 =\n  ca_bundle = /nested.pem\nca_bundle = ${own}\n[profile bare]\n`,
    );
    const environment = { AWS_CONFIG_FILE: file };
    const expected = { from: "ca_bundle of the profile work", path: own };
    const trusted = trustedAuthorities(undefined, environment, "work");
    assert.deepEqual([trusted.bundle, trusted.ca?.at(-1)], [expected, ca.trim()]);
    for (const name of ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]) {
      assert.deepEqual(trustedAuthorities(undefined, { ...environment, [name]: "work" }).bundle, expected);
    }
    const both = { ...environment, AWS_CA_BUNDLE: variable };
    assert.equal(trustedAuthorities(undefined, both, "work").bundle?.from, "AWS_CA_BUNDLE");
    assert.equal(trustedAuthorities(own, both, "work").bundle?.from, "outcrop.caBundle");
    for (const profile of [undefined, "bare"]) {
      assert.equal(trustedAuthorities(undefined, environment, profile).bundle, undefined);
    }
  });

  for (const [problem, text] of [
    ["holds no certificate in PEM form", "-----BEGIN PRIVATE KEY-----\nMII=\n-----END PRIVATE KEY-----\n"],
    ["holds no certificate in PEM form", ""],
    [
      "holds a certificate that cannot be read",
      `${ca}\n-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----`,
    ],
    ["cannot be read", undefined],
  ] as const) {
    it(`a file that ${problem} is named, with the setting: ${text?.slice(0, 20) ?? "absent"}`, async (test) => {
      const path = text === undefined ? "/nonexistent/corp.pem" : await bundle(test, text);
      for (const [setting, environment, from] of [
        [path, {}, "outcrop.caBundle"],
        [undefined, { AWS_CA_BUNDLE: path }, "AWS_CA_BUNDLE"],
      ] as const) {
        assert.throws(
          () => trustedAuthorities(setting, environment),
          (error) => isModelError(error) && error.message === `The certificate file ${path} (${from}) ${problem}.`,
        );
      }
    });
  }
});
