import { render } from "preact";
import { keepDraft } from "./composer/draft.ts";
import { listenToAnswers } from "./markdown/answer-clicks.ts";
import { Panel } from "./panel.tsx";
import { connectToHost } from "./session/chat-session.ts";
import { keepFocus } from "./session/keep-focus.ts";

const root = document.getElementById("outcrop");
if (root === null) throw new Error("The page has no element #outcrop.");
render(<Panel />, root);
keepDraft();
keepFocus();
listenToAnswers();
connectToHost();
