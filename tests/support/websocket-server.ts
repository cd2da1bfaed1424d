import { createHash } from 'node:crypto';
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** An unmasked text frame of RFC 6455, section 5.2; payloads up to 64 KiB. */
function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const header =
    payload.length < 126
      ? Buffer.from([0x81, payload.length])
      : Buffer.from([0x81, 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([header, payload]);
}

/** The least of a WebSocket server: accepts, sends text, ends. What clients send is ignored. */
export function attachWebSockets(server: Server, accepts: (url: URL) => boolean) {
  const sockets = new Set<Duplex>();
  server.on('upgrade', (request, socket: Duplex) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!accepts(url)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
      return;
    }
    const key = createHash('sha1').update(`${request.headers['sec-websocket-key']}${GUID}`).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`,
    );
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.resume();
  });
  return {
    broadcast(value: unknown): void {
      for (const socket of sockets) socket.write(textFrame(JSON.stringify(value)));
    },
    drop(): void {
      for (const socket of sockets) socket.destroy();
    },
  };
}
