import * as z from "zod";

const text = z.string().trim().min(1);

/** One of `outcrop.failover`: what another place changes. */
export const failoverPlace = z
  .strictObject({ model: text.exactOptional(), region: text.exactOptional(), profile: text.exactOptional() })
  .refine((value) => Object.keys(value).length > 0, "names neither model, region nor profile");
