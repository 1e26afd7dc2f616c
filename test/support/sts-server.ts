import { createServer } from "node:http";
import type { TestContext } from "node:test";
import { listen } from "./listen.ts";

/** An STS that knows one access key and answers GetCallerIdentity alone. Goes with the test. */
export async function startSts(test: TestContext, accessKeyId: string): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    const isKnown = request.headers.authorization?.includes(`Credential=${accessKeyId}/`) === true;
    response.writeHead(isKnown ? 200 : 403, { "content-type": "text/xml" });
    response.end(isKnown ? identity : refusal);
  });
  return `http://127.0.0.1:${await listen(test, server)}`;
}

const namespace = "https://sts.amazonaws.com/doc/2011-06-15/";
const identity = `<GetCallerIdentityResponse xmlns="${namespace}"><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/ada</Arn><UserId>AIDAEXAMPLE</UserId><Account>111122223333</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`;
const refusal = `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>The security token included in the request is invalid.</Message></Error><RequestId>1</RequestId></ErrorResponse>`;
