/** The ways by which devices reach the server: straight, over a wire that can be cut, or behind a proxy without WebSocket. */
import { CuttableWire } from "../../tests/socket/cuttable_wire.ts";
import { PlainProxy } from "../../tests/socket/plain_proxy.ts";

/** How one device's messages travel now. */
export interface Way {
  /** Of the socket, as the client is told it. */
  readonly url: string;
  /** Whether WebSocket gets through. */
  readonly isSocket: boolean;
  /** Cuts what is connected, where that can be. */
  cut(): void;
}

export function socketUrl(origin: string): string {
  return `${origin.replace(/^http/, "ws")}/api/v1/socket`;
}

function straight(origin: string): Way {
  return { url: socketUrl(origin), isSocket: true, cut() {} };
}

/** A wire of one's own, that may be led to a proxy. */
class CutWay implements Way {
  isSocket = true;

  constructor(readonly wire: CuttableWire) {}

  get url(): string {
    return this.wire.url;
  }

  cut(): void {
    this.wire.cut();
  }

  moveTo(proxy: PlainProxy): void {
    this.isSocket = false;
    this.wire.targetPort = proxy.port;
    this.wire.cut();
  }
}

/** Networks around a server of the class's own; a server elsewhere is reached straight. */
export class Ways {
  readonly #origin: string;
  readonly #proxy: PlainProxy | null;
  readonly #wires: CutWay[] = [];

  constructor(origin: string, place: "own" | "running") {
    this.#origin = origin;
    this.#proxy = place === "own" ? new PlainProxy(Number(new URL(origin).port)) : null;
  }

  straight(): Way {
    return straight(this.#origin);
  }

  cuttable(): Way {
    if (this.#proxy === null) return this.straight();
    const way = new CutWay(new CuttableWire(Number(new URL(this.#origin).port)));
    this.#wires.push(way);
    return way;
  }

  behindProxy(): Way {
    return this.#proxy === null ? this.straight() : { url: this.#proxy.url, isSocket: false, cut() {} };
  }

  /** Who could be cut off comes back to a network that forbids WebSocket. */
  forbidSockets(): number {
    const proxy = this.#proxy;
    if (proxy === null) return 0;
    for (const way of this.#wires) way.moveTo(proxy);
    return this.#wires.length;
  }

  async close(): Promise<void> {
    for (const { wire } of this.#wires) await wire[Symbol.asyncDispose]();
    await this.#proxy?.[Symbol.asyncDispose]();
  }
}
