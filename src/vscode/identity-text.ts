import { t } from "../protocol/localize.ts";

/** What is known of who requests come from. */
export interface ShownIdentity {
  readonly source: string;
  readonly kind: string;
  readonly account?: string;
  readonly arn?: string;
  readonly region?: string;
  readonly expiration?: Date;
  /** Of IAM Identity Center. */
  readonly session?: { readonly until: Date; readonly renews: boolean };
  readonly overrides: readonly string[];
}

export interface IdentityText {
  readonly text: string;
  readonly tooltip: string;
  readonly isWarning: boolean;
}

/** A session that ends sooner than this is shown in the bar itself. */
const soonMs = 30 * 60_000;

/** The status bar's words: source, account and region; in the tooltip all that is known. */
export function identityText(identity: ShownIdentity, kindInWords: string, now: number): IdentityText {
  const { source, account, arn, region, expiration, session, overrides } = identity;
  const ending = session !== undefined && !session.renews ? session.until.getTime() - now : Number.POSITIVE_INFINITY;
  const left = ending < soonMs ? t("{0} left", timeLeft(ending)) : undefined;
  const place = [source, account, region, left].filter((part) => part !== undefined);
  const lines = [
    t("Amazon Bedrock as {0}: {1}", source, kindInWords),
    arn ?? (account && t("Account {0}", account)),
    region && t("Region {0}", region),
    session && t("IAM Identity Center: {0}", describeSession(session, now)),
    expiration && t("Credentials renewed or needed again in {0}", timeLeft(expiration.getTime() - now)),
    ...overrides,
    t("Click to select another identity."),
  ].filter((line) => line !== undefined && line !== "");
  return {
    text: `$(${left === undefined ? "account" : "warning"}) ${place.join(" · ")}`,
    tooltip: lines.join("\n"),
    isWarning: left !== undefined,
  };
}

/** What stands there while the credentials do not work. */
export function failedIdentityText(source: string, message: string): IdentityText {
  return {
    text: t("$(warning) {0}: sign in", source),
    tooltip: `${message}\n${t("Click to select another identity.")}`,
    isWarning: true,
  };
}

export function describeSession(session: { readonly until: Date; readonly renews: boolean }, now: number): string {
  const left = session.until.getTime() - now;
  if (session.renews)
    return left > 0 ? t("signed in, {0} left, renews itself", timeLeft(left)) : t("signed in, renews itself");
  return left > 0 ? t("signed in, {0} left", timeLeft(left)) : t("signed out");
}

/** `7 h 40 min`, `12 min`, `less than a minute`. */
export function timeLeft(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return t("less than a minute");
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 ? t("{0} h", hours) : "", rest > 0 || hours === 0 ? t("{0} min", rest) : ""]
    .filter(Boolean)
    .join(" ");
}
