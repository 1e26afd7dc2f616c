/** The view's id, as package.json contributes it. */
export const chatViewId = "outcrop.chat";
