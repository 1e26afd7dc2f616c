import type { RoutedModels } from "./routing.ts";

export interface BedrockConnection {
  readonly kind: "bedrock";
  /** Empty where the gateway decides and none is named to it. */
  readonly modelId: string;
  readonly region?: string;
  readonly endpoint?: string;
  /** Named profile of another account, where the user agreed to move there; absent: the settings'. */
  readonly profile?: string;
  /** The name that the user gave these settings. */
  readonly configuration?: string;
  readonly gatewayDecidesModel?: true;
  /** Each prompt goes to one of these two; `modelId` is the stronger one's. Absent once it is known which. */
  readonly routing?: RoutedModels;
}

/** Who answers. */
export type Connection = BedrockConnection | { readonly kind: "demo" };
