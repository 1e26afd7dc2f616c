import type { HttpErrorFault } from "../script-schema.ts";
import type { ResponseStep } from "../wire/http-exchange.ts";

/** Status and message that go with an exception of the Bedrock API when a script names none. */
const exceptionStatus: Readonly<Record<string, number>> = {
  ValidationException: 400,
  ServiceQuotaExceededException: 400,
  AccessDeniedException: 403,
  UnrecognizedClientException: 403,
  InvalidSignatureException: 403,
  ExpiredTokenException: 403,
  ResourceNotFoundException: 404,
  ModelTimeoutException: 408,
  ModelErrorException: 424,
  ModelStreamErrorException: 424,
  ThrottlingException: 429,
  ModelNotReadyException: 429,
  InternalServerException: 500,
  ServiceUnavailableException: 503,
};

/** The HTTP status of an exception, in either spelling (`throttlingException`, `ThrottlingException`); 500 if unknown. */
export function statusOfException(type: string): number {
  return exceptionStatus[pascalCase(type)] ?? 500;
}

/** The exception's name as the header `x-amzn-errortype` spells it. */
export function pascalCase(type: string): string {
  return type.slice(0, 1).toUpperCase() + type.slice(1);
}

/** A whole response with a body that is sent at once. */
export function wholeResponse(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): readonly ResponseStep[] {
  const bytes = new TextEncoder().encode(body);
  return [
    { kind: "head", status, headers: { ...headers, "content-length": String(bytes.length) } },
    { kind: "write", bytes },
    { kind: "end" },
  ];
}

/** An error as AWS answers it: the name in `x-amzn-errortype`, the text in `message`. */
export function awsError(status: number, type: string, message: string, requestId: string): readonly ResponseStep[] {
  return wholeResponse(status, awsHeaders(type, requestId), JSON.stringify({ message }));
}

/** The scripted HTTP error in its shape: AWS, a Kong gateway, or a proxy's page. */
export function scriptedHttpError(fault: HttpErrorFault, requestId: string): readonly ResponseStep[] {
  const { status } = fault;
  const message = fault.message ?? defaultMessage(status);
  switch (fault.shape) {
    case "aws": {
      const type = fault.type ?? defaultType(status);
      const headers = { ...awsHeaders(type, requestId), ...fault.headers };
      return wholeResponse(status, headers, fault.body ?? JSON.stringify({ message }));
    }
    case "gateway": {
      const id = requestId.replaceAll("-", "");
      const headers = { "content-type": "application/json; charset=utf-8", "x-kong-request-id": id, ...fault.headers };
      return wholeResponse(status, headers, fault.body ?? JSON.stringify({ message, request_id: id }));
    }
    case "html": {
      const page = `<html>\r\n<head><title>${status} ${message}</title></head>\r\n<body>\r\n<center><h1>${status} ${message}</h1></center>\r\n</body>\r\n</html>\r\n`;
      return wholeResponse(status, { "content-type": "text/html", ...fault.headers }, fault.body ?? page);
    }
  }
}

function awsHeaders(type: string, requestId: string): Readonly<Record<string, string>> {
  return { "content-type": "application/json", "x-amzn-errortype": type, "x-amzn-requestid": requestId };
}

function defaultType(status: number): string {
  const match = Object.entries(exceptionStatus).find(
    ([type, value]) => value === status && type !== "ModelErrorException",
  );
  return match?.[0] ?? "InternalServerException";
}

function defaultMessage(status: number): string {
  const messages: Readonly<Record<number, string>> = {
    400: "The request is not valid.",
    403: "You don't have access to the model with the specified model ID.",
    404: "The resource was not found.",
    408: "The model took too long to answer.",
    424: "The model failed while it processed the request.",
    429: "Too many requests, please wait before trying again.",
    500: "The server failed while it processed the request.",
    502: "Bad Gateway",
    503: "Bedrock is unable to process your request.",
    504: "Gateway Time-out",
  };
  return messages[status] ?? `Status ${status}`;
}
