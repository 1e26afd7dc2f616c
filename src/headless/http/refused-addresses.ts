import { type LookupAddress, lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { ToolError } from "../../agent/tool.ts";

/**
 * Where machines of a cloud are told their own credentials. Other private addresses are the user's to name.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
 */
const refused = new BlockList();
refused.addSubnet("169.254.0.0", 16, "ipv4");
refused.addSubnet("fe80::", 10, "ipv6");
refused.addSubnet("fd00:ec2::", 32, "ipv6");
refused.addAddress("fd20:ce::254", "ipv6");
// Azure's wire server, Alibaba's and Oracle's metadata.
for (const address of ["168.63.129.16", "100.100.100.200", "192.0.0.192"]) refused.addAddress(address, "ipv4");
// The same addresses as IPv6 has them behind NAT64 and 6to4.
refused.addSubnet("64:ff9b::a9fe:0", 112, "ipv6");
refused.addSubnet("2002:a9fe::", 32, "ipv6");

export function isRefusedAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && refused.check(address, family === 6 ? "ipv6" : "ipv4");
}

/** Throws a `ToolError` for a URL that names such an address. */
export function refuseAddress({ hostname }: URL): void {
  if (isRefusedAddress(hostname.replace(/^\[|\]$/gu, ""))) throw refusal(hostname);
}

/** Node's own look-up, which fails where a name leads to such an address. */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, options, (error: Error | null, found: string | LookupAddress[], family?: number) => {
    if (error !== null) return callback(error, found, family);
    const addresses = typeof found === "string" ? [found] : found.map(({ address }) => address);
    if (addresses.some(isRefusedAddress)) return callback(refusal(hostname), [], 0);
    callback(null, found, family);
  });
};

function refusal(host: string): ToolError {
  return new ToolError(
    `${host} is an address where a machine is told its own credentials. No tool asks it. Nothing was sent.`,
  );
}
