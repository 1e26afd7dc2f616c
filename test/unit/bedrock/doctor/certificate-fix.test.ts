import assert from "node:assert/strict";
import { it } from "node:test";
import { certificateFix } from "../../../../src/bedrock/doctor/checks/check-certificate.ts";
import { failureOf } from "../../../../src/bedrock/doctor/failure-of.ts";
import { createDoctorContext } from "../../../support/doctor-run.ts";

it("more trust is offered only for a certificate that trust can help", () => {
  for (const code of ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"])
    assert.match(certificateFix(code, "--ca-bundle"), /clock/);
  assert.match(certificateFix("ERR_TLS_CERT_ALTNAME_INVALID", "--ca-bundle"), /^Set the endpoint to a name/);
  for (const code of ["SELF_SIGNED_CERT_IN_CHAIN", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", undefined]) {
    assert.match(certificateFix(code, "outcrop.caBundle"), /outcrop\.caBundle or AWS_CA_BUNDLE/);
    assert.match(certificateFix(code, "--ca-bundle"), /in --ca-bundle or AWS_CA_BUNDLE/);
  }
});

it("a failure of TLS anywhere else names the file's option as the user knows it", () => {
  const untrusted = Object.assign(new Error("self-signed certificate"), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
  for (const name of ["outcrop.caBundle", "--ca-bundle"]) {
    const { fix } = failureOf(untrusted, createDoctorContext({}, { nameOf: () => name }));
    assert.ok(fix?.includes(`PEM file in ${name} or AWS_CA_BUNDLE`), fix);
  }
});
