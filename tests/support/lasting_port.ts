/** A loopback port for a server that goes away and comes back at the same place. */
import assert from "node:assert/strict";

/**
 * Below what systems hand to whoever connects or asks for any port (from 32,768 on Linux, 49,152 elsewhere): a test
 * that runs beside this one gets none of these while their server is away.
 */
const PORT_MIN = 20_000;
const PORTS = 12_000;
const TRIES_MAX = 100;

/** One on which nobody listens now. */
export function lastingPort(): number {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const port = PORT_MIN + Math.floor(Math.random() * PORTS);
    try {
      Deno.listen({ hostname: "127.0.0.1", port }).close();
      return port;
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    }
  }
  assert.fail(`${TRIES_MAX} ports from ${PORT_MIN} on were all in use`);
}
