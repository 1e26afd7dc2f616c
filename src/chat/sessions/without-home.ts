/** A text that leaves this machine, with `~` for the user's home folder, whose name is often theirs. `home`: an absolute path. */
export function withoutHome(text: string, home: string): string {
  // A root says nothing about anybody, and is in every path.
  if (home.length < 4) return text;
  const escaped = JSON.stringify(home).slice(1, -1);
  return text.replaceAll(escaped, "~").replaceAll(home, "~");
}
