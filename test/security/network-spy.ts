import dns from "node:dns";
import { appendFileSync } from "node:fs";
import { Socket } from "node:net";

/** Loaded before a program: writes down every connection and every look-up of a name to the file in OUTCROP_SPY. */
const file = process.env["OUTCROP_SPY"] ?? "";
const note = (what: unknown): void => appendFileSync(file, `${JSON.stringify(what)}\n`);

const { connect } = Socket.prototype;
Socket.prototype.connect = function spied(this: Socket, ...parameters: unknown[]) {
  const [first] = parameters.flat();
  if (typeof first === "object" && first !== null) {
    note([Reflect.get(first, "host"), Number(Reflect.get(first, "port"))]);
  } else note(parameters);
  return Reflect.apply(connect, this, parameters);
};

const { lookup } = dns;
Reflect.set(dns, "lookup", (name: string, ...rest: unknown[]) => {
  note(["look-up", name]);
  return Reflect.apply(lookup, dns, [name, ...rest]);
});
