import type { Locator } from "playwright-core";

type State = NonNullable<NonNullable<Parameters<Locator["waitFor"]>[0]>["state"]>;

/**
 * Whether what is looked for gets there (or, with another state, goes), for a hand that presses again where a press was lost.
 * @param milliseconds the most that is waited
 */
export function comes(locator: Locator, milliseconds: number, state: State = "visible"): Promise<boolean> {
  return locator.waitFor({ state, timeout: milliseconds }).then(
    () => true,
    () => false,
  );
}
