import type { BedrockConnection, Connection } from "./protocol/connection.ts";
import { readSettings } from "./vscode/settings.ts";

/** Says in which region answers are given, also where only the environment or a profile of `~/.aws` names it. */
export class ShownRegion {
  readonly #onChange: () => void;
  readonly #report: (error: unknown) => void;
  #found: { readonly profile: string | undefined; readonly region: string | undefined } | undefined;

  /** `onChange`: what `of` answers is another now. */
  constructor(onChange: () => void, report: (error: unknown) => void) {
    this.#onChange = onChange;
    this.#report = report;
  }

  /** The connection with its region, as far as that is known. It is looked for anew each time, since the files may change. */
  of(connection: Connection): Connection {
    if (connection.kind === "demo" || connection.region !== undefined || connection.endpoint !== undefined) {
      return connection;
    }
    const profile = profileOf(connection);
    void this.#look(profile).catch(this.#report);
    const found = this.#found;
    if (found?.region === undefined || found.profile !== profile) return connection;
    return { ...connection, region: found.region };
  }

  /** Requests would be refused because nobody says which region they are for. */
  isMissing(connection: Connection): boolean {
    if (connection.kind === "demo" || connection.region !== undefined || connection.endpoint !== undefined)
      return false;
    const found = this.#found;
    return found !== undefined && found.profile === profileOf(connection) && found.region === undefined;
  }

  async #look(profile: string | undefined): Promise<void> {
    const { findRegion } = await import("./bedrock/identity/find-region.ts");
    const region = await findRegion({ profile }, process.env);
    const found = this.#found;
    if (found !== undefined && found.profile === profile && found.region === region) return;
    this.#found = { profile, region };
    this.#onChange();
  }
}

function profileOf({ profile = readSettings().profile }: BedrockConnection): string | undefined {
  return profile;
}
