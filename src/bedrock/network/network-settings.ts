/** What of the way to AWS or to a gateway the user decides on. */
export interface NetworkSettings {
  /** A PEM file with certificate authorities that are trusted besides the system's. Undefined: `AWS_CA_BUNDLE`, then the profile's `ca_bundle`. */
  readonly caBundle?: string;
  /** Undefined: `AWS_USE_FIPS_ENDPOINT`, then the profile's `use_fips_endpoint`. */
  readonly useFipsEndpoint?: boolean;
  /** Undefined: `AWS_USE_DUALSTACK_ENDPOINT`, then the profile's `use_dualstack_endpoint`. */
  readonly useDualstackEndpoint?: boolean;
  /** Absent: the environment's. */
  readonly proxy?: ProxySettings;
}

/**
 * Who sends requests through a proxy. `editor`: VS Code does, for every request of Node's http and https, so that nothing
 * of ours may come in between. `own`: we do, where `url` or the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`)
 * names one.
 */
export type ProxySettings =
  | { readonly by: "editor" }
  | { readonly by: "own"; readonly url?: string; readonly exceptions?: readonly string[] };
