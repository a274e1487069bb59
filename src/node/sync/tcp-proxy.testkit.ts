/**
 * A real TCP proxy between two nodes, to take a line down the ways that lines go down: refused, cut in
 * mid-transfer, half-open (the connection stands, nothing arrives), slow.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface TcpProxy {
  readonly port: number;
  /** Bytes that went through since the start, both ways. */
  readonly bytes: () => number;
  /** From now on leads elsewhere: what stands is dropped. */
  retarget(port: number): void;
  /** Drops what stands and resets every new connection. */
  cut(): void;
  /** Cuts everything, once, after this many more bytes; new connections are let through, or refused from then on. */
  cutAfter(bytes: number, then?: 'open' | 'cut'): void;
  /** Whether new connections get anywhere. */
  state(): 'open' | 'cut' | 'stalled' | 'slow';
  /** Half-open: connections stand and are accepted, nothing passes. */
  stall(): void;
  /** Lets this many bytes pass a second, in each direction of each connection. */
  slow(bytesPerSecond: number): void;
  /** Everything passes again; what stalled stays lost, as on a real line. */
  heal(): void;
  close(): Promise<void>;
}

type Mode = { readonly is: 'open' } | { readonly is: 'cut' } | { readonly is: 'stalled' } | { readonly is: 'slow'; readonly bytesPerSecond: number };

export async function startTcpProxy(target: number): Promise<TcpProxy> {
  let mode: Mode = { is: 'open' };
  let bytes = 0;
  let fuse: number | undefined;
  let afterFuse: 'open' | 'cut' = 'open';
  const sockets = new Set<Socket>();
  const dropAll = (): void => sockets.forEach((socket) => socket.resetAndDestroy());

  function pass(from: Socket, to: Socket): void {
    from.on('data', (chunk) => {
      if (mode.is === 'stalled') return;
      bytes += chunk.length;
      if (fuse !== undefined && (fuse -= chunk.length) <= 0) {
        fuse = undefined;
        if (afterFuse === 'cut') mode = { is: 'cut' };
        dropAll();
        return;
      }
      if (mode.is === 'slow') {
        from.pause();
        setTimeout(() => from.resume(), (chunk.length / mode.bytesPerSecond) * 1000);
      }
      to.write(chunk);
    });
    from.on('end', () => to.end());
    from.on('error', () => to.destroy());
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
  }

  const server = createServer((incoming) => {
    if (mode.is === 'cut') {
      incoming.resetAndDestroy();
      return;
    }
    const outgoing = connect({ port: target, host: '127.0.0.1' });
    for (const socket of [incoming, outgoing]) {
      sockets.add(socket);
      socket.setNoDelay(true);
    }
    pass(incoming, outgoing);
    pass(outgoing, incoming);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    bytes: () => bytes,
    retarget(port) {
      target = port;
      dropAll();
    },
    cut() {
      mode = { is: 'cut' };
      dropAll();
    },
    cutAfter(count, then = 'open') {
      fuse = count;
      afterFuse = then;
    },
    state: () => mode.is,
    stall() {
      mode = { is: 'stalled' };
    },
    slow(bytesPerSecond) {
      mode = { is: 'slow', bytesPerSecond };
    },
    heal() {
      if (mode.is === 'stalled') dropAll();
      mode = { is: 'open' };
      fuse = undefined;
    },
    async close() {
      dropAll();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
