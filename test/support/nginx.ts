import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { delimiter, join } from "node:path";
import type { TestContext } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { temporaryFolder } from "./temporary-folder.ts";

/** Where distributions put it; `/usr/sbin` is on few users' PATH. */
const folders = ["/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin"];

/** The installed nginx. */
function findNginx(): string | undefined {
  const places = [...(process.env["PATH"] ?? "").split(delimiter), ...folders];
  return places.map((folder) => join(folder, "nginx")).find((file) => existsSync(file));
}

/** Why a test with nginx cannot run here, as node:test takes it. `.ci/run` installs it and lets no test be left out. */
export function withoutNginx(): string | false {
  if (findNginx() !== undefined || process.env["OUTCROP_NGINX"] === "required") return false;
  return "nginx is not installed: apt-get install nginx-light, dnf install nginx or brew install nginx";
}

export interface NginxOptions {
  /** The port of 127.0.0.1 that requests go on to. */
  readonly to: number;
  /** Lines of the location, each with its semicolon. */
  readonly lines?: readonly string[];
}

/** A real nginx in front of a server; it goes with the test. Its base URL. */
export async function startNginx(test: TestContext, { to, lines = [] }: NginxOptions): Promise<string> {
  const program = findNginx();
  if (program === undefined) throw new Error("nginx is not installed");
  const folder = await temporaryFolder(test);
  const port = await freePort();
  const file = join(folder, "nginx.conf");
  await writeFile(file, configuration({ folder, port, to, lines }));
  const nginx = spawn(program, ["-p", folder, "-c", file, "-e", join(folder, "error.log")], { stdio: "inherit" });
  const ended = once(nginx, "exit");
  test.after(async () => {
    nginx.kill("SIGTERM");
    await ended;
  });
  await Promise.race([untilOpen(port), ended.then(() => Promise.reject(new Error("nginx ended at once")))]);
  return `http://127.0.0.1:${port}`;
}

interface Configured extends Required<NginxOptions> {
  readonly folder: string;
  readonly port: number;
}

function configuration({ folder, port, to, lines }: Configured): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
events {}
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join("\n  ")}
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://127.0.0.1:${to};
      proxy_set_header Host $http_host;
      ${lines.join("\n      ")}
    }
  }
}
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function untilOpen(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    const isOpen = await Promise.race([
      once(socket, "connect").then(() => true),
      once(socket, "close").then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isOpen) return;
    await delay(10);
  }
}
