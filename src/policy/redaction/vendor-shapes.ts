import { bitsPerCharacter } from "./randomness.ts";
import type { TokenShape } from "./token-shape.ts";

/** Letters and digits mixed: words with hyphens (`sk-loading-spinner-of-the-page`) are none. */
function isMixed(value: string): boolean {
  return /\d/u.test(value) && /[A-Za-z]/u.test(value) && bitsPerCharacter(value) >= 3.5;
}

/** A token that begins with its maker's own mark; the mark alone tells it from other text. */
function marked(kind: string, hint: string, tail: string, accepts?: (value: string) => boolean): TokenShape {
  const looks = new RegExp(`(?<![A-Za-z0-9_-])${hint.replaceAll(".", "\\.")}${tail}`, "gu");
  return accepts === undefined ? { kind, hint, looks } : { kind, hint, looks, accepts };
}

/** The forms that the makers' documentation of secret scanning gives. */
export const vendorShapes: readonly TokenShape[] = [
  ...["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].map((mark) => marked("github-token", mark, "[A-Za-z0-9]{36,}")),
  marked("github-token", "github_pat_", "[A-Za-z0-9_]{22,}"),
  ...["glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glsoat-"].map((mark) =>
    marked("gitlab-token", mark, "[A-Za-z0-9_.-]{20,}"),
  ),
  ...["xoxb-", "xoxp-", "xoxa-", "xoxe-", "xoxo-", "xoxr-", "xoxs-", "xapp-"].map((mark) =>
    marked("slack-token", mark, "[A-Za-z0-9-]{10,}", isMixed),
  ),
  {
    kind: "slack-webhook",
    hint: "hooks.slack.com/",
    looks: /(hooks\.slack\.com\/(?:services|workflows)\/)([A-Za-z0-9/_-]{20,})/gu,
  },
  {
    kind: "discord-webhook",
    hint: "/api/webhooks/",
    looks: /(discord(?:app)?\.com\/api\/webhooks\/\d{10,20}\/)([\w-]{50,})/gu,
  },
  ...["sk_live_", "sk_test_", "rk_live_", "rk_test_"].map((mark) => marked("stripe-key", mark, "[A-Za-z0-9]{16,}")),
  marked("stripe-key", "whsec_", "[A-Za-z0-9+/=]{24,}", isMixed),
  marked("anthropic-key", "sk-ant-", "[A-Za-z0-9_-]{20,}", isMixed),
  marked("api-key", "sk-", "[A-Za-z0-9_-]{20,}", isMixed),
  marked("google-key", "AIza", "[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])"),
  marked("google-token", "ya29.", "[0-9A-Za-z_-]{20,}"),
  marked("google-secret", "GOCSPX-", "[0-9A-Za-z_-]{20,}"),
  marked("npm-token", "npm_", "[A-Za-z0-9]{36}(?![A-Za-z0-9])", isMixed),
  marked("pypi-token", "pypi-", "[A-Za-z0-9_-]{50,}"),
  marked("sendgrid-key", "SG.", "[\\w-]{16,64}\\.[\\w-]{16,}"),
  marked("twilio-key", "SK", "[0-9a-f]{32}(?![0-9A-Za-z])"),
  marked("mailgun-key", "key-", "[0-9a-f]{32}(?![0-9A-Za-z])"),
  ...["dop_v1_", "doo_v1_", "dor_v1_"].map((mark) => marked("digitalocean-token", mark, "[a-f0-9]{64}")),
  marked("huggingface-token", "hf_", "[A-Za-z0-9]{30,}", (value) => /[A-Z]/u.test(value) && /[a-z]/u.test(value)),
  marked("databricks-token", "dapi", "[a-f0-9]{32}(?![0-9A-Za-z])"),
  ...["shpat_", "shpca_", "shppa_", "shpss_"].map((mark) => marked("shopify-token", mark, "[a-fA-F0-9]{32}")),
  ...["sq0atp-", "sq0csp-"].map((mark) => marked("square-token", mark, "[0-9A-Za-z_-]{22,}")),
  ...["hvs.", "hvb."].map((mark) => marked("vault-token", mark, "[\\w-]{24,}")),
  marked("docker-token", "dckr_pat_", "[\\w-]{20,}"),
  marked("linear-key", "lin_api_", "[A-Za-z0-9]{32,}"),
  marked("notion-token", "ntn_", "[A-Za-z0-9]{40,}"),
  marked("postman-key", "PMAK-", "[a-f0-9]{24}-[a-f0-9]{34}"),
  marked("newrelic-key", "NRAK-", "[A-Z0-9]{27}"),
  ...["glsa_", "glc_"].map((mark) => marked("grafana-token", mark, "[A-Za-z0-9+/=_]{32,}")),
  marked("age-key", "AGE-SECRET-KEY-1", "[0-9A-Z]{50,}"),
  { kind: "telegram-token", hint: ":AA", looks: /(?<![\w-])\d{8,10}:AA[\w-]{33}(?![\w-])/gu },
  marked("atlassian-token", "ATATT3", "[A-Za-z0-9_=-]{50,}"),
  ...["gsk_", "xai-", "r8_", "sbp_", "pul-", "pplx-"].map((mark) =>
    marked("api-key", mark, "[A-Za-z0-9]{30,}", isMixed),
  ),
];
