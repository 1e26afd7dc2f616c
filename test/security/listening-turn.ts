import { Server } from "node:net";
import { RequestPace } from "../../src/agent/request-pace.ts";
import { demoSettings } from "../../src/bedrock/bedrock-settings.ts";
import { ClientPool } from "../../src/bedrock/client-pool.ts";
import { createDemoHandler, demoModelId } from "../../src/emulator/demo-handler.ts";
import { createSession } from "../support/create-session.ts";

/** Plays a turn of the demo in a process of its own, and says which servers it opened. */
const servers: string[] = [];
const { listen } = Server.prototype;
Server.prototype.listen = function recorded(this: Server, ...parameters: unknown[]) {
  servers.push(JSON.stringify(parameters));
  return Reflect.apply(listen, this, parameters);
};

const pool = new ClientPool(createDemoHandler());
const model = pool.model(demoSettings(demoModelId, { maxTokens: 1_000, firstByteMs: 10_000, idleMs: 10_000 }));
const pace = new RequestPace({ requests: 1, tokens: 1 });
const { session } = createSession(model, { connect: async () => ({ model, pace }) });
const outcome = await session.send({ text: "What is this project?", attachments: [] });
const open = process.getActiveResourcesInfo().filter((name) => name === "TCPSERVERWRAP" || name === "TCPServerWrap");
process.stdout.write(JSON.stringify({ outcome: outcome?.kind, servers: [...servers, ...open] }));
pool.close();
