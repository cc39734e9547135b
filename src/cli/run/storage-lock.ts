import { closeSync, openSync, readdirSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { randomBytes } from "node:crypto";
import { BadInput } from "../bad-input.ts";

/** Says that this process uses a storage path. */
export interface StorageLock {
  /** Lets the path go; the process may not use it any more. */
  release(): void;
}

const lockName = /^lock\.(\d+)\.[0-9a-f]+$/;

/** Bytes that the path of a socket may have everywhere. */
const longestPath = 100;

/**
 * Takes a storage path for this process. The lock is a listening socket in that folder, with a name of its own: whoever can
 * be connected to is alive, whatever its process number means to us. The kernel closes the socket with the process, so a
 * kill leaves only the file of a socket that refuses, and the next start removes it. Two that start at the same moment
 * see each other, and both may refuse; they never both go on. See docs/decisions/0031.
 *
 * @throws BadInput (as a rejection) if another process uses the path, or if it cannot be told.
 */
export async function lockStorage(path: string, pid: number): Promise<StorageLock> {
  const folder = openFolder(path);
  const own = `lock.${pid}.${randomBytes(4).toString("hex")}`;
  let server: Server | undefined;
  const release = (): void => {
    server?.close();
    rmSync(`${path}/${own}`, { force: true });
    if (folder.fd !== undefined) closeSync(folder.fd);
  };
  try {
    server = await listen(`${folder.path}/${own}`, path);
    for (const name of readdirSync(path).filter((found) => lockName.test(found) && found !== own)) {
      if (await isAlive(`${folder.path}/${name}`, `${path}/${name}`)) {
        throw new BadInput(
          `${path} is in use by another unstuck run (process ${lockName.exec(name)?.[1] ?? "?"})`,
        );
      }
      rmSync(`${path}/${name}`, { force: true });
    }
  } catch (error) {
    release();
    throw error;
  }
  return { release };
}

/** The folder under a name that is short enough for a socket in it. */
function openFolder(path: string): { readonly path: string; readonly fd: number | undefined } {
  if (Buffer.byteLength(path) + "/lock.1234567890.12345678".length <= longestPath) {
    return { path, fd: undefined };
  }
  if (process.platform !== "linux") {
    throw new BadInput(`--storage ${path}: the path is too long for a lock; use a shorter one`);
  }
  const fd = openSync(path, "r");
  return { path: `/proc/self/fd/${fd}`, fd };
}

function listen(socket: string, path: string): Promise<Server> {
  const server = createServer((connection) => {
    connection.on("error", () => undefined);
    connection.destroy();
  });
  // The lock must not keep the process alive.
  server.unref();
  return new Promise((resolve, reject) => {
    server.once("error", ({ message }) => {
      reject(new BadInput(`cannot lock --storage ${path}: ${message}`));
    });
    server.listen(socket, () => {
      server.removeAllListeners("error");
      server.on("error", () => undefined);
      resolve(server);
    });
  });
}

/** Whether somebody listens. Whatever is neither yes nor no is not taken for a no. */
function isAlive(socket: string, shown: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const connection = connect(socket);
    connection.once("connect", () => {
      connection.destroy();
      resolve(true);
    });
    connection.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ECONNREFUSED" || error.code === "ENOENT") resolve(false);
      else if (error.code === "EAGAIN") resolve(true);
      else {
        reject(
          new BadInput(
            `cannot tell whether ${shown} is the lock of a living process: ${error.message}`,
          ),
        );
      }
    });
  });
}
