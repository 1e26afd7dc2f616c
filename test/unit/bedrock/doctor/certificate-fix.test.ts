import assert from "node:assert/strict";
import { it } from "node:test";
import { certificateFix } from "../../../../src/bedrock/doctor/checks/check-certificate.ts";

it("more trust is offered only for a certificate that trust can help", () => {
  for (const code of ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"]) assert.match(certificateFix(code), /clock/);
  assert.match(certificateFix("ERR_TLS_CERT_ALTNAME_INVALID"), /^Set the endpoint to a name/);
  for (const code of ["SELF_SIGNED_CERT_IN_CHAIN", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", undefined]) {
    assert.match(certificateFix(code), /outcrop\.caBundle or AWS_CA_BUNDLE/);
  }
});
