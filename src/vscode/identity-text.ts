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
  const left = ending < soonMs ? `${timeLeft(ending)} left` : undefined;
  const place = [source, account, region, left].filter((part) => part !== undefined);
  const lines = [
    `Amazon Bedrock as ${source}: ${kindInWords}`,
    arn ?? (account && `Account ${account}`),
    region && `Region ${region}`,
    session && `IAM Identity Center: ${describeSession(session, now)}`,
    expiration && `Credentials renewed or needed again in ${timeLeft(expiration.getTime() - now)}`,
    ...overrides,
    "Click to select another identity.",
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
    text: `$(warning) ${source}: sign in`,
    tooltip: `${message}\nClick to select another identity.`,
    isWarning: true,
  };
}

export function describeSession(session: { readonly until: Date; readonly renews: boolean }, now: number): string {
  const left = session.until.getTime() - now;
  if (session.renews) return left > 0 ? `signed in, ${timeLeft(left)} left, renews itself` : "signed in, renews itself";
  return left > 0 ? `signed in, ${timeLeft(left)} left` : "signed out";
}

/** `7 h 40 min`, `12 min`, `less than a minute`. */
export function timeLeft(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return "less than a minute";
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 ? `${hours} h` : "", rest > 0 || hours === 0 ? `${rest} min` : ""].filter(Boolean).join(" ");
}
