/** How full a socket's buffer is, known without asking each time, and asked when it matters. */
import assert from "node:assert/strict";
import { BurstWindow, BurstWire } from "../../src/http/socket/bursts.ts";
import { SocketLink } from "../../src/http/socket/socket_link.ts";
import { HandClock } from "./hand_clock.ts";

/** A peer that reads only when told to. */
function unreadSocket() {
  return {
    readyState: WebSocket.OPEN,
    bufferedBytes: 0,
    asked: 0,
    get bufferedAmount(): number {
      this.asked += 1;
      return this.bufferedBytes;
    },
    send(text: string): void {
      this.bufferedBytes += text.length;
    },
    close(): void {},
  };
}

Deno.test("[R4] a socket's buffer is asked about once it may be over the bound, and never held to be emptier than it is", () => {
  const socket = unreadSocket();
  const link = new SocketLink(socket);
  for (let sent = 0; sent < 10; sent += 1) {
    assert.ok(link.bufferedMost(100) <= 100);
    link.send("x".repeat(10), 10);
  }
  assert.equal(socket.asked, 0);
  link.send("x", 1);
  assert.equal(link.bufferedMost(100), 101);
  assert.equal(socket.asked, 1);
  socket.bufferedBytes = 0;
  assert.equal(link.bufferedMost(100), 0, "the peer has read");
});

Deno.test("[R4] what gathers for a socket counts as if it had been sent, the lines between included", () => {
  const socket = unreadSocket();
  const clock = new HandClock();
  const limits = { burstWindowMs: 1, burstWindowMsMax: 50, burstMessagesPerMsMax: 20 };
  const wire = new BurstWire(new SocketLink(socket), new BurstWindow(clock, limits));
  for (let sent = 0; sent < 10; sent += 1) {
    assert.ok(wire.bufferedMost(100) <= 100);
    wire.send("x".repeat(10), 10);
  }
  assert.equal(wire.bufferedAmount, 10 + 98);
  assert.ok(wire.bufferedMost(100) > 100);
  clock.advance(1);
  assert.equal(socket.bufferedBytes, 10 + 98);
  assert.equal(wire.bufferedMost(100), 108);
  socket.bufferedBytes = 0;
  assert.equal(wire.bufferedMost(100), 0);
});
