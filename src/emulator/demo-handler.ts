import { createDemoModel } from "./demo/demo-model.ts";
import { createInProcessHandler, type InProcessHandler } from "./in-process-handler.ts";

export { demoModelId } from "./demo/demo-model.ts";

/** The demo as an SDK client's `requestHandler`: nothing leaves the process. */
export function createDemoHandler(): InProcessHandler {
  return createInProcessHandler({ responder: createDemoModel() });
}
