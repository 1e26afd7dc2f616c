import { isObject } from "../../protocol/is-object.ts";
/** What is to be written, so that it is what is read. */
export interface PlacedSettings {
  /** The plain settings. */
  readonly plain: Readonly<Record<string, unknown>>;
  /** `outcrop.configurations`, where the one in use holds some of them; undefined: it stays. */
  readonly configurations: Readonly<Record<string, unknown>> | undefined;
}

interface WrittenSettings {
  readonly configurations: unknown;
  /** The name of the one in use. */
  readonly wanted: unknown;
  /** What the setting is where nobody has set it. */
  readonly defaultOf: (key: string) => unknown;
}

/**
 * Each value goes where it is read from: into the configuration in use if that has one of the name, else to the plain
 * setting. A value that is taken back (undefined) becomes the default there: left out, the plain setting would count.
 */
export function placeSettings(
  values: Readonly<Record<string, unknown>>,
  { configurations, wanted, defaultOf }: WrittenSettings,
): PlacedSettings {
  const name = typeof wanted === "string" ? wanted.trim() : "";
  const all = isObject(configurations) ? configurations : {};
  const active = Object.hasOwn(all, name) ? all[name] : undefined;
  const held = isObject(active) ? active : {};
  const entries = Object.entries(values);
  const own = entries
    .filter(([key]) => Object.hasOwn(held, key))
    .map(([key, value]) => [key, value === undefined ? defaultOf(key) : value] as const);
  return {
    plain: Object.fromEntries(entries.filter(([key]) => !Object.hasOwn(held, key))),
    configurations: own.length === 0 ? undefined : { ...all, [name]: { ...held, ...Object.fromEntries(own) } },
  };
}
