import { t } from "../protocol/localize.ts";
import type { Prompts } from "./prompts.ts";

export interface HeaderSecretStore {
  readonly names: readonly string[];
  set(name: string, value: string): Promise<void>;
  remove(name: string): Promise<void>;
}

export interface SetHeaderSecretOptions {
  readonly prompts: Prompts;
  readonly secrets: HeaderSecretStore;
  /** Names that the setting refers to, whether they are set or not. */
  readonly wanted: readonly string[];
  readonly isName: (text: string) => boolean;
}

type Wish = { readonly kind: "set"; readonly name: string } | { readonly kind: "new" } | { readonly kind: "remove" };

/** Sets or removes a secret of the request headers. Resolves with a sentence on what was done; undefined: nothing. */
export async function setHeaderSecret(options: SetHeaderSecretOptions): Promise<string | undefined> {
  const { prompts, secrets } = options;
  const wish = await prompts.pick<Wish>(t("Outcrop: Set Header Secret"), wishes(options));
  if (wish === undefined) return undefined;
  if (wish.kind === "remove") return removeSecret(options);
  const name = wish.kind === "set" ? wish.name : await askName(options);
  if (name === undefined) return undefined;
  const value = await prompts.ask({
    title: t("Outcrop: Set Header Secret {0}", name),
    prompt: t("Its value, kept in VS Code's secret storage"),
    password: true,
  });
  if (value === undefined) return undefined;
  await secrets.set(name, value);
  return t("The secret {0} is set. Headers take it as {1} in outcrop.requestHeaders.", name, `\${secret:${name}}`);
}

function wishes({ secrets, wanted, isName }: SetHeaderSecretOptions) {
  const names = [...new Set([...wanted.filter(isName), ...secrets.names])];
  return [
    ...names.map((name) => ({
      label: `$(key) ${name}`,
      description: secrets.names.includes(name) ? t("set") : t("named in a header, not set"),
      value: { kind: "set", name } as const,
    })),
    { label: t("$(add) New secret…"), value: { kind: "new" } as const },
    ...(secrets.names.length > 0
      ? [{ label: t("$(trash) Remove a secret…"), value: { kind: "remove" } as const }]
      : []),
  ];
}

function askName({ prompts, isName }: SetHeaderSecretOptions): Promise<string | undefined> {
  return prompts.ask({
    title: t("Outcrop: New Header Secret"),
    prompt: t("A name for it, by which outcrop.requestHeaders refers to it"),
    placeholder: "kong",
    problemOf: (text) => (isName(text) ? undefined : t("Letters, digits, dots, hyphens and underscores.")),
  });
}

async function removeSecret({ prompts, secrets }: SetHeaderSecretOptions): Promise<string | undefined> {
  const choices = secrets.names.map((name) => ({ label: `$(trash) ${name}`, value: name }));
  const name = await prompts.pick(t("Outcrop: Remove Header Secret"), choices);
  if (name === undefined) return undefined;
  await secrets.remove(name);
  return t("The secret {0} was removed.", name);
}
