/** Which of two models a prompt goes to: the quick and cheap one, or the strongest. */
export type RoutingTier = "fast" | "frontier";

/** Ids of the two models between which each prompt is routed. */
export interface RoutedModels {
  readonly fast: string;
  readonly frontier: string;
}
