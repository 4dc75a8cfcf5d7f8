/** One device of somebody in the class: the shipped client, its commands timed, every message it hears recorded. */
import { type Channel, NeuroLearn } from "../../web/client/neurolearn.js";

/** A span without connection, by the process's own clock. */
export interface Outage {
  readonly fromMs: number;
  /** Infinity until it is over. */
  readonly toMs: number;
}

export interface Sent {
  readonly body: unknown;
  readonly sentAtMs: number;
  readonly ackedAtMs: number;
}

export interface DeviceParts {
  /** Of the socket, such as `ws://127.0.0.1:8000/api/v1/socket`. */
  readonly url: string;
  readonly token: string;
  readonly hear: (message: string) => void;
}

export class Device {
  readonly #client: NeuroLearn;
  readonly #outages: Outage[] = [{ fromMs: performance.now(), toMs: Infinity }];

  constructor({ url, token, hear }: DeviceParts) {
    this.#client = new NeuroLearn(url, () => token);
    this.#client.onMessage(hear);
    this.#client.onStatus((status) => {
      const atMs = performance.now();
      const last = this.#outages.at(-1);
      const isOut = last?.toMs === Infinity;
      if (status === "open" && isOut) this.#outages.splice(-1, 1, { ...last, toMs: atMs });
      else if (status === "down" && !isOut) this.#outages.push({ fromMs: atMs, toMs: Infinity });
    });
  }

  get outages(): readonly Outage[] {
    return this.#outages;
  }

  /** By the server's clock. */
  nowMs(): number {
    return this.#client.serverNowMs();
  }

  channel(name: string): Channel {
    return this.#client.channel(name);
  }

  /** Whether the connection stood all the time. */
  wasUp(fromMs: number, toMs: number): boolean {
    return this.#outages.every((outage) => outage.toMs <= fromMs || outage.fromMs >= toMs);
  }

  /** Resolves once the server has acknowledged the command; rejects where it refuses it for good. */
  async send(channel: Channel, command: string, args: Record<string, unknown> = {}): Promise<Sent> {
    const sentAtMs = performance.now();
    const body = await channel.send(command, args);
    return { body, sentAtMs, ackedAtMs: performance.now() };
  }

  close(): void {
    this.#client.close();
  }
}
