import { createConnection, type Socket } from "node:net";

/**
 * Downloads once and throws the bytes away.
 * @returns the bytes of content that came
 */
export function download(port: number, target: string): Promise<number> {
  const buffer = Buffer.alloc(1 << 20);
  let head = "";
  let left = -1;
  let octets = 0;
  return new Promise((resolve, reject) => {
    const socket = createConnection({
      port,
      host: "127.0.0.1",
      onread: {
        buffer,
        callback(size, chunk) {
          if (left < 0) {
            head += Buffer.from(chunk.buffer, chunk.byteOffset, size).toString("latin1");
            const end = head.indexOf("\r\n\r\n");
            if (end === -1) return true;
            if (!head.startsWith("HTTP/1.1 200")) reject(new Error(head.slice(0, end)));
            octets = Number(/^content-length: (\d+)/im.exec(head)?.[1]);
            left = octets - (head.length - end - 4);
          } else left -= size;
          if (left === 0) {
            socket.destroy();
            resolve(octets);
          }
          return true;
        },
      },
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error(`${target} : coupé, il manque ${left} octets`)));
    socket.write(`GET ${target} HTTP/1.1\r\nHost: banc\r\n\r\n`);
  });
}

/**
 * Asks the same again and again over so many kept connections, one request at a time on each.
 * @returns answers per second
 * @throws Error when an answer has another status than 304
 */
export async function hammer(
  port: number,
  target: string,
  headers: string,
  { connections, ms }: { readonly connections: number; readonly ms: number },
): Promise<number> {
  const ask = `GET ${target} HTTP/1.1\r\nHost: banc\r\n${headers}\r\n`;
  const sockets: Socket[] = [];
  let answers = 0;
  let over = false;
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const socket = createConnection({ port, host: "127.0.0.1", noDelay: true });
      sockets.push(socket);
      let seen = "";
      socket.setEncoding("latin1").on("data", (text: string) => {
        seen += text;
        if (!seen.endsWith("\r\n\r\n")) return;
        if (!seen.startsWith("HTTP/1.1 304")) return void reject(new Error(seen.slice(0, 500)));
        answers += 1;
        seen = "";
        if (over) {
          socket.destroy();
          resolve();
        } else socket.write(ask);
      });
      socket.on("error", reject).on("connect", () => socket.write(ask));
    });
  const all = Promise.all(Array.from({ length: connections }, one));
  const start = performance.now();
  const timer = setTimeout(() => {
    over = true;
  }, ms);
  try {
    await all;
  } finally {
    clearTimeout(timer);
    for (const socket of sockets) socket.destroy();
  }
  return answers / ((performance.now() - start) / 1000);
}
