import type { CDPSession, Page } from "playwright-core";

/** An element as Chromium's accessibility tree has it. */
export interface Accessible {
  readonly role: string;
  readonly name: string;
  readonly description: string;
  readonly value: string;
  /** For example `expanded` or `not checked`. */
  readonly states: readonly string[];
}

/** What has the focus. */
export interface Focus extends Accessible {
  /** Whether it is in the panel, not in the workbench around it. */
  readonly inPanel: boolean;
  /** The dialog in which it is. */
  readonly dialog?: Accessible;
}

/** Reads what has the focus in any frame of a page, from Chromium's own accessibility tree. */
export class FocusReader {
  readonly #client: CDPSession;
  /** Of the frames. */
  readonly #contexts = new Set<number>();

  private constructor(client: CDPSession) {
    this.#client = client;
    client.on("Runtime.executionContextCreated", ({ context }) => {
      if (String(context.auxData?.["isDefault"]) === "true") this.#contexts.add(context.id);
    });
    client.on("Runtime.executionContextDestroyed", ({ executionContextId }) => {
      this.#contexts.delete(executionContextId);
    });
    client.on("Runtime.executionContextsCleared", () => this.#contexts.clear());
  }

  static async of(page: Page): Promise<FocusReader> {
    const reader = new FocusReader(await page.context().newCDPSession(page));
    await reader.#client.send("Runtime.enable");
    return reader;
  }

  /** Undefined while no frame has one, as in the moment in which it passes from frame to frame. */
  async read(): Promise<Focus | undefined> {
    for (const context of this.#contexts) {
      // A frame may go meanwhile.
      const focus = await this.#readIn(context).catch(() => undefined);
      if (focus !== undefined) return focus;
    }
    return undefined;
  }

  async #readIn(context: number): Promise<Focus | undefined> {
    const [element, dialog] = await Promise.all([
      this.#find(context, `(${focusedElement})()`),
      this.#find(context, '(document.activeElement?.closest("[role=dialog], [role=alertdialog]"))'),
    ]);
    if (element === undefined) return undefined;
    const focus = await this.#describe(element);
    if (focus === undefined) return undefined;
    const inPanel = (await this.#find(context, 'document.querySelector("#outcrop")')) !== undefined;
    const around = dialog === undefined ? undefined : await this.#describe(dialog);
    return { ...focus, inPanel, ...(around !== undefined && { dialog: around }) };
  }

  async #find(contextId: number, expression: string): Promise<string | undefined> {
    const { result } = await this.#client.send("Runtime.evaluate", { contextId, expression });
    return result.subtype === "node" ? result.objectId : undefined;
  }

  async #describe(objectId: string): Promise<Accessible | undefined> {
    const { nodes } = await this.#client.send("Accessibility.getPartialAXTree", { objectId, fetchRelatives: false });
    const [node] = nodes;
    if (node === undefined) return undefined;
    return {
      role: String(node.role?.value ?? ""),
      name: asLine(node.name?.value),
      description: asLine(node.description?.value),
      value: asLine(node.value?.value),
      states: (node.properties ?? []).flatMap(({ name, value }) => describeState(name, value.value)),
    };
  }
}

function asLine(text: unknown): string {
  return String(text ?? "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** Runs in a frame; the option that a list shows as its active one stands for the list. */
function focusedElement(): Element | undefined {
  if (!document.hasFocus()) return undefined;
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  if (focused === null || focused instanceof HTMLIFrameElement) return undefined;
  const active = focused.getAttribute("aria-activedescendant");
  return (active === null ? null : document.getElementById(active)) ?? focused;
}

function describeState(name: string, value: unknown): readonly string[] {
  switch (name) {
    case "expanded":
      return [value === true ? "expanded" : "collapsed"];
    case "checked":
    case "pressed":
      return [value === "true" ? name : `not ${name}`];
    case "disabled":
      return value === true ? ["unavailable"] : [];
    case "hasPopup":
      return value === "menu" || value === "true" ? ["has a menu"] : [];
    default:
      return [];
  }
}
