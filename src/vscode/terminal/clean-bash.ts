/**
 * Takes every variable out of the environment that is not named in $0, exported functions too, and becomes a bash with the
 * arguments that follow. `strictEnv` of terminals is not enough: VS Code's server leaves it out of account, and tasks have none.
 * No value is among the arguments, which every user of the machine sees.
 */
const START = `
u=(-u SHELLOPTS -u BASHOPTS)
while IFS= read -r e; do case $e in BASH_FUNC_*=*) u+=(-u "\${e%%=*}");; esac; done < <(/usr/bin/env)
for n in $(compgen -e); do [[ " $0 " == *" $n "* ]] || unset "$n" 2>/dev/null; done
exec /usr/bin/env "\${u[@]}" "$BASH" "$@"
`;

/** The terminal's own. */
const OF_TERMINAL = ["TERM", "COLORTERM"];

/** Arguments with which a bash in VS Code's environment becomes one that has only these variables, and gets `parameters`. */
export function cleanBash(names: readonly string[], parameters: readonly string[]): string[] {
  return ["--noprofile", "--norc", "-p", "-c", START, [...names, ...OF_TERMINAL].join(" "), ...parameters];
}
