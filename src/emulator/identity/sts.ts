import { randomUUID } from "node:crypto";
import { wholeResponse } from "../reply/http-error.ts";
import { type SignatureProblem, verifySignature } from "../verify-signature.ts";
import type { EmulatorRequest, ResponseStep } from "../wire/http-exchange.ts";
import { type HeldCredentials, type IdentityWorld, sessionArn } from "./identity-world.ts";

/** STS has the older names of the Query protocol for what other services call `…Exception`. */
const queryNames: Readonly<Record<string, string>> = {
  UnrecognizedClientException: "InvalidClientTokenId",
  ExpiredTokenException: "ExpiredToken",
  InvalidSignatureException: "SignatureDoesNotMatch",
  MissingAuthenticationTokenException: "MissingAuthenticationToken",
  IncompleteSignatureException: "IncompleteSignature",
};

const namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

/** GetCallerIdentity, AssumeRole and AssumeRoleWithWebIdentity over the Query protocol; undefined for another path. */
export async function stsResponse(
  request: EmulatorRequest,
  world: IdentityWorld,
): Promise<readonly ResponseStep[] | undefined> {
  if (request.method !== "POST" || request.path !== "/") return undefined;
  const form = new URLSearchParams(new TextDecoder().decode(request.body));
  if (form.get("Version") !== "2011-06-15") return failure(400, "MissingParameter", "Version is required");
  const action = form.get("Action");
  if (action === "AssumeRoleWithWebIdentity") return assumeWithToken(form, world);
  const problem = await verifySignature(request, world.find, { service: "sts", now: new Date(world.now) });
  if (problem !== undefined) return refused(problem);
  const id = /Credential=([^/]+)/u.exec(request.headers["authorization"] ?? "")?.[1] ?? "";
  const caller = world.find(id);
  if (caller === undefined) return failure(403, "InvalidClientTokenId", "The security token is invalid.");
  if (action === "GetCallerIdentity") return callerIdentity(caller);
  if (action === "AssumeRole") return assumeRole(form, caller, world);
  return failure(400, "InvalidAction", `Could not find operation ${action} for version 2011-06-15`);
}

function callerIdentity({ arn, accessKeyId }: HeldCredentials): readonly ResponseStep[] {
  const account = arn.split(":")[4] ?? "";
  const id = `AROA${accessKeyId.slice(4)}`;
  return result("GetCallerIdentity", `<Arn>${arn}</Arn><UserId>${id}</UserId><Account>${account}</Account>`);
}

function assumeRole(form: URLSearchParams, caller: HeldCredentials, world: IdentityWorld): readonly ResponseStep[] {
  const arn = form.get("RoleArn") ?? "";
  const role = world.options.roles.find((each) => each.arn === arn && each.webIdentityToken === undefined);
  const [serial, code] = [form.get("SerialNumber"), form.get("TokenCode")];
  if (role === undefined || (role.mfa !== undefined && (serial === null || code === null))) {
    const message = `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`;
    return failure(403, "AccessDenied", message);
  }
  if (code !== null && !/^\d{6}$/u.test(code)) {
    const message = `1 validation error detected: Value '${code}' at 'tokenCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\d]*`;
    return failure(400, "ValidationError", message);
  }
  if (role.mfa !== undefined && (role.mfa.serial !== serial || role.mfa.code !== code)) {
    const message = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";
    return failure(403, "AccessDenied", message);
  }
  return issue("AssumeRole", form, world);
}

function assumeWithToken(form: URLSearchParams, world: IdentityWorld): readonly ResponseStep[] {
  const arn = form.get("RoleArn");
  const role = world.options.roles.find((each) => each.arn === arn && each.webIdentityToken !== undefined);
  if (role === undefined) {
    return failure(403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity");
  }
  if (role.webIdentityToken !== form.get("WebIdentityToken")) {
    return failure(400, "InvalidIdentityToken", "The web identity token that was passed could not be validated");
  }
  return issue("AssumeRoleWithWebIdentity", form, world);
}

function issue(action: string, form: URLSearchParams, world: IdentityWorld): readonly ResponseStep[] {
  const arn = sessionArn(form.get("RoleArn") ?? "", form.get("RoleSessionName") ?? "");
  const seconds = Number(form.get("DurationSeconds") ?? world.options.roleSeconds);
  const issued = world.issue(arn, Math.min(seconds, world.options.roleSeconds));
  const keys = `<AccessKeyId>${issued.accessKeyId}</AccessKeyId><SecretAccessKey>${issued.secretAccessKey}</SecretAccessKey>`;
  const rest = `<SessionToken>${issued.sessionToken}</SessionToken><Expiration>${issued.expiration.toISOString()}</Expiration>`;
  const user = `<AssumedRoleUser><AssumedRoleId>AROA:${form.get("RoleSessionName")}</AssumedRoleId><Arn>${arn}</Arn></AssumedRoleUser>`;
  return result(action, `${user}<Credentials>${keys}${rest}</Credentials>`);
}

function result(action: string, inner: string): readonly ResponseStep[] {
  const metadata = `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;
  const body = `<${action}Response xmlns="${namespace}"><${action}Result>${inner}</${action}Result>${metadata}</${action}Response>`;
  return wholeResponse(200, { "content-type": "text/xml" }, body);
}

function refused({ type, message }: SignatureProblem): readonly ResponseStep[] {
  return failure(403, queryNames[type] ?? type, message);
}

function failure(status: number, code: string, message: string): readonly ResponseStep[] {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  const body = `<ErrorResponse xmlns="${namespace}">${error}<RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
  return wholeResponse(status, { "content-type": "text/xml" }, body);
}
