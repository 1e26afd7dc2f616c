import type { OnNotice } from "../../agent/model.ts";
import { t } from "../../protocol/localize.ts";
import { isAwsEndpoint, isDemoEndpoint } from "../bedrock-settings.ts";
import type { AnswerArrival } from "./answer-arrival.ts";

/** Gateways that hold answers back, of each of which the user is told once. */
export class HeldBackEndpoints {
  readonly #told = new Set<string>();

  tell(endpoint: string | undefined, arrival: AnswerArrival, onNotice: OnNotice | undefined): void {
    if (endpoint === undefined || onNotice === undefined || isAwsEndpoint(endpoint) || isDemoEndpoint(endpoint)) return;
    const { host } = new URL(endpoint);
    if (this.#told.has(host) || !arrival.wasHeldBack) return;
    this.#told.add(host);
    onNotice(
      t(
        "The gateway at {0} holds answers back instead of streaming them: turn its response buffering off (nginx: proxy_buffering off; Kong: response_buffering false on the route).",
        host,
      ),
    );
  }
}
