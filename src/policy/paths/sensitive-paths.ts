/**
 * Which names are more than ordinary files, as .gitignore patterns in lower case: a pattern without a slash matches at
 * any depth, a folder stands for all that is in it, a leading `!` takes back.
 */
export interface SensitivePaths {
  /** Anywhere on the disk. */
  readonly anywhere: readonly string[];
  /** Below an open folder, its own name included: a project may well live somewhere under an assistant's folder. */
  readonly inProject: readonly string[];
  /** Below the user's home folder. */
  readonly inHome: readonly string[];
}

/** Never written by a tool. */
export const forbidden: SensitivePaths = {
  anywhere: [".git", ".ssh", ".aws", ".gnupg"],
  inProject: [],
  inHome: [
    // Shells and what they start with.
    ...["/.bashrc", "/.bash_profile", "/.bash_login", "/.bash_logout", "/.bash_aliases", "/.profile", "/.inputrc"],
    ...["/.zshrc", "/.zshenv", "/.zprofile", "/.zlogin", "/.zlogout", "/.cshrc", "/.tcshrc", "/.login", "/.kshrc"],
    ...["/.config/fish", "/.config/powershell", "/.config/nushell", "/.xprofile", "/.xinitrc", "/.xsessionrc"],
    ...["/documents/powershell", "/documents/windowspowershell"],
    // What starts with the session, or at a time.
    ...[
      "/.config/autostart",
      "/.config/systemd",
      "/.config/environment.d",
      "/.local/share/systemd",
      "/.pam_environment",
    ],
    ...["/library/launchagents", "/library/launchdaemons", "/library/application support/iterm2/scripts"],
    "/appdata/roaming/microsoft/windows/start menu/programs/startup",
    // Git, SSH, clouds and package managers, user-wide.
    ...["/.gitconfig", "/.config/git", "/.netrc", "/_netrc", "/.npmrc", "/.yarnrc", "/.yarnrc.yml", "/.pypirc"],
    ...["/.docker", "/.kube", "/.azure", "/.config/gcloud", "/.config/gh", "/.cargo/config", "/.cargo/config.toml"],
    ...["/.cargo/credentials", "/.cargo/credentials.toml", "/.config/pip", "/.pip", "/.m2/settings.xml"],
    ...["/.vscode", "/.vscode-server", "/.vscode-oss"],
  ],
};

/** Written only after a question of its own, existing or not. */
export const protectedPaths: SensitivePaths = {
  anywhere: [
    // Editors.
    ...[".vscode", "*.code-workspace", ".devcontainer", ".devcontainer.json", ".idea", ".zed", ".fleet", ".exrc"],
    ...[".nvim.lua", ".nvimrc", ".vimrc", ".dir-locals.el", ".editorconfig"],
    // Assistants: instructions and servers they start.
    ...[
      "mcp.json",
      ".mcp.json",
      "agents.md",
      "agent.md",
      "claude.md",
      "claude.local.md",
      "gemini.md",
      "agents.override.md",
    ],
    ...[".cursorrules", ".windsurfrules", ".roorules", ".roorules-*", ".roomodes", ".aider.conf.yml", "opencode.json"],
    ...["**/.github/copilot-instructions.md", "**/.github/instructions", "**/.github/prompts", "**/.github/chatmodes"],
    "**/.github/agents",
    // Outcrop's own.
    ...[".outcropignore", "outcrop.policy.json", ".outcrop"],
    // Git, and what it starts.
    ...[
      ".gitmodules",
      ".gitattributes",
      ".husky",
      ".githooks",
      ".pre-commit-config.yaml",
      "lefthook.yml",
      ".lefthook.yml",
    ],
    // Continuous integration.
    ...[
      "**/.github/workflows",
      "**/.github/actions",
      ".gitlab-ci.yml",
      ".circleci",
      "azure-pipelines.yml",
      ".travis.yml",
    ],
    ...["jenkinsfile", "bitbucket-pipelines.yml", ".drone.yml", "buildspec.yml"],
    // Package managers and shells that read the folder they are in.
    ...[
      ".npmrc",
      ".yarnrc*",
      ".pnpmfile.cjs",
      "pnpm-workspace.yaml",
      ".yarn",
      ".envrc",
      ".pypirc",
      ".cargo",
      "bunfig.toml",
    ],
    ...[".bazelrc", ".mise.toml", "mise.toml", ".tool-versions", ".condarc", "pip.conf"],
    // Build entry points.
    ...[
      "package.json",
      "makefile",
      "gnumakefile",
      "*.mk",
      "cmakelists.txt",
      "meson.build",
      "justfile",
      "taskfile.y*ml",
    ],
    ...[
      "dockerfile",
      "dockerfile.*",
      "*.dockerfile",
      "containerfile",
      "docker-compose*.y*ml",
      "compose.y*ml",
      "vagrantfile",
    ],
    ...[
      "*.gradle",
      "*.gradle.kts",
      "gradlew",
      "gradlew.bat",
      "gradle-wrapper.*",
      "gradle.properties",
      "pom.xml",
      ".mvn",
    ],
    ...[
      "mvnw",
      "mvnw.cmd",
      "build.xml",
      "build.sbt",
      "setup.py",
      "setup.cfg",
      "pyproject.toml",
      "tox.ini",
      "noxfile.py",
    ],
    ...[
      "build.rs",
      "rakefile",
      "gemfile",
      "*.gemspec",
      "binding.gyp",
      "directory.build.props",
      "directory.build.targets",
    ],
    ...["*.csproj", "*.vbproj", "*.fsproj", "*.vcxproj", "flake.nix", "shell.nix", "procfile"],
  ],
  inProject: [
    ...[".cursor", ".roo", ".clinerules", ".amazonq", ".continue", ".pi", ".claude", ".gemini", ".codex", ".windsurf"],
    ...[".kiro", ".agents", ".opencode", ".junie", ".augment"],
  ],
  inHome: [],
};

/** Keys and credential stores: neither read nor written by a tool. */
export const keyMaterial: SensitivePaths = {
  anywhere: [
    ...[
      "id_rsa*",
      "id_dsa*",
      "id_ecdsa*",
      "id_ed25519*",
      "id_xmss*",
      "ssh_host_*_key",
      "*.pem",
      "*.key",
      "*.p12",
      "*.pfx",
    ],
    ...[
      "*.p8",
      "*.pk8",
      "*.jks",
      "*.keystore",
      "*.bcfks",
      "*.kdb",
      "*.kdbx",
      "*.ppk",
      "*.ovpn",
      "*.keytab",
      "*.agekey",
    ],
    ...[".ssh", ".aws", ".gnupg", ".azure", ".kube", "**/.config/gcloud", "**/.docker/config.json", ".dockercfg"],
    ...[".netrc", "_netrc", ".git-credentials", ".pgpass", ".my.cnf", ".mylogin.cnf", ".htpasswd", ".vault-token"],
    ...["**/.config/gh/hosts.yml", "**/.config/git/credentials", "**/.cargo/credentials*", "**/.gem/credentials"],
    ...["**/.m2/settings.xml", "**/.m2/settings-security.xml", "credentials.tfrc.json", ".terraformrc", "terraform.rc"],
    ...[
      "**/.composer/auth.json",
      "wallet.dat",
      "login.keychain*",
      "*.keychain-db",
      "secring.gpg",
      "**/.password-store",
    ],
    ...["/etc/shadow*", "/etc/gshadow*", "/proc/*/environ", "/proc/*/mem", "/proc/*/task/*/environ", "!*.pub"],
  ],
  inProject: [],
  inHome: [],
};

/** Text of names and values, of which the values are secret. */
export const secretText: SensitivePaths = {
  anywhere: [".env", ".env.*", ".env*", "*.env", ".dev.vars", "*.tfvars", "*.tfvars.json"],
  inProject: [],
  inHome: [],
};

/** Ignored whatever the ignore file says: records that hold secrets in no form that masking knows. */
export const ignoredAlways: SensitivePaths = {
  anywhere: [
    ...["*.tfstate", "*.tfstate.*", ".terraform.d", "*.har", ".bash_history", ".zsh_history", ".sh_history"],
    ...[".python_history", ".psql_history", ".mysql_history", ".node_repl_history", ".rediscli_history"],
    ...["**/fish/fish_history", "consolehost_history.txt", ".lesshst", ".viminfo"],
  ],
  inProject: [],
  inHome: [],
};
