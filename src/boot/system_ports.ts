/** Real time and real chance, behind the ports that a simulation would own. */
import type { Chance, Clock } from "../actors/ports.ts";

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  after(ms, action) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};

export const systemChance: Chance = {
  next: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
};

export function systemBytes(count: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(count));
}
