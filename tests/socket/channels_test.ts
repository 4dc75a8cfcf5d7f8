/** Channels on one socket: many, each in order, acknowledged, resumed, and who is on them. */
import assert from "node:assert/strict";
import fc from "fast-check";
import type { ServerFrames } from "../../src/http/socket/frame.ts";
import { defineKind } from "../../src/actors/actor_kind.ts";
import type { Principal } from "../../src/domain/principal.ts";
import { echoSession, type EchoState } from "./echo_session.ts";
import { Peer } from "./peer.ts";
import { ServedEdge } from "./served_edge.ts";

function textOf(frame: ServerFrames["event"]): string {
  return (frame.data as { text: string }).text;
}

Deno.test("[W4] one socket carries many channels; leaving one leaves the others", async () => {
  await using served = await ServedEdge.start();
  const peer = await Peer.welcomed(served.url, "student:ada");
  const channels = Array.from({ length: 40 }, (_, i) => `session/s${i}`);
  for (const channel of channels) await peer.join(channel);
  await Promise.all(channels.map((channel) => peer.says(channel, channel)));
  for (const channel of channels) {
    const event = await peer.next("event", (frame) => frame.channel === channel);
    assert.equal(textOf(event), channel);
  }
  peer.send({ type: "leave", channel: "session/s0" });
  await peer.settled();
  assert.equal(served.registry.stats().watchers, channels.length - 1);
  peer.send({ type: "command", id: "late", channel: "session/s0", command: "pause" });
  assert.equal((await peer.next("refuse")).code, "not_joined");
  await peer.says("session/s1", "still here");
  assert.equal(textOf(await peer.next("event")), "still here");
});

Deno.test("[B3] a socket has a bounded number of channels", async () => {
  await using served = await ServedEdge.start({ limits: { channelsMax: 2 } });
  const peer = await Peer.welcomed(served.url, "student:ada");
  await peer.join("session/a");
  await peer.join("session/b");
  peer.send({ type: "join", channel: "session/c" });
  const refusal = await peer.next("refuse");
  assert.equal(refusal.code, "too_many_channels");
  assert.equal(refusal.channel, "session/c");
  await peer.join("session/b");
});

Deno.test("[A4] a channel that is not for one and one that cannot exist are refused alike, and take no commands", async () => {
  await using served = await ServedEdge.start();
  const peer = await Peer.welcomed(served.url, "student:ada");
  peer.send({ type: "join", channel: "session/closed1" });
  const refusal = await peer.next("refuse");
  assert.equal(refusal.code, "not_found");
  peer.send({ type: "join", channel: "unheard/of" });
  assert.deepEqual(await peer.next("refuse"), { ...refusal, channel: "unheard/of" });
  peer.send({ type: "command", id: "c", channel: "session/closed1", command: "pause" });
  assert.equal((await peer.next("refuse")).code, "not_joined");
});

Deno.test("[A4][Z8] a room that is about to be formed is waited for; one that never is is refused like any other", async () => {
  const looks = { never: 0, soon: 0 };
  const room = {
    ...echoSession,
    kind: "room",
    audienceOf(state: EchoState, principal: Principal) {
      const key = state.key === "soon" ? "soon" : "never";
      looks[key] += 1;
      return key === "soon" && looks.soon > 2 ? echoSession.audienceOf(state, principal) : null;
    },
  };
  const kinds = [defineKind(room, () => Promise.resolve({ type: "no_item_left" }))];
  await using served = await ServedEdge.start({ kinds, limits: { rejoinTriesMax: 3, rejoinWaitMs: 10 } });
  const peer = await Peer.welcomed(served.url, "student:ada");
  peer.send({ type: "join", channel: "room/never" });
  const { code, channel } = await peer.next("refuse");
  assert.deepEqual([code, channel, looks.never], ["not_found", "room/never", 4]);
  peer.send({ type: "join", channel: "room/soon" });
  assert.equal((await peer.next("joined")).channel, "room/soon");
});

Deno.test("[W3] a command is acknowledged with its id and answer; a refusal names code and detail", async () => {
  await using served = await ServedEdge.start();
  const peer = await Peer.welcomed(served.url, "student:ada");
  await peer.join("session/a");
  const ack = await peer.says("session/a", "x");
  assert.deepEqual({ ...ack, id: "" }, {
    type: "ack",
    id: "",
    channel: "session/a",
    epoch: 1,
    seq: 1,
    repeated: false,
    body: { heard: 1 },
  });
  peer.send({ type: "command", id: "no", channel: "session/a", command: "skip", args: { item: 7 } });
  const refusal = await peer.next("refuse");
  assert.deepEqual([refusal.id, refusal.code, refusal.detail], ["no", "item_closed", { item: 7 }]);
  peer.send({ type: "command", id: "odd", channel: "session/a", command: "dance" });
  assert.equal((await peer.next("refuse")).code, "unknown_command");
});

Deno.test("[X1] a command id sent again, on another socket too, has the first answer; another person's is their own", async () => {
  await using served = await ServedEdge.start();
  const args = { item: 1, response: { kind: "text", text: "once" } };
  const command = { type: "command", id: "same", channel: "session/a", command: "answer", args };
  const first = await Peer.welcomed(served.url, "student:ada");
  await first.join("session/a");
  first.send(command);
  first.send(command);
  const answers = [await first.next("ack"), await first.next("ack")];
  assert.deepEqual(answers.map((ack) => ack.repeated).sort(), [false, true]);
  await first.leave();
  const second = await Peer.welcomed(served.url, "student:ada");
  await second.join("session/a");
  second.send(command);
  assert.deepEqual(await second.next("ack"), { ...answers[0], repeated: true });
  const other = await Peer.welcomed(served.url, "student:bo");
  await other.join("session/a");
  other.send(command);
  assert.ok(!(await other.next("ack")).repeated);
});

Deno.test("[R3] watchers of each audience get their own projection, ephemerals included, with epoch and seq", async () => {
  await using served = await ServedEdge.start();
  const student = await Peer.welcomed(served.url, "student:ada");
  const teacher = await Peer.welcomed(served.url, "teacher:tom");
  await student.join("session/a");
  await teacher.join("session/a");
  await student.does("session/a", "hint", { item: 5 });
  await student.does("session/a", "pause", null);
  const moved = await student.next("ephemeral");
  assert.deepEqual([moved.event, moved.epoch, moved.seq], ["moved", 1, 1]);
  assert.equal(textOf(await teacher.next("event")), "5");
  assert.equal((await teacher.next("ephemeral")).event, "moved");
  await student.settled();
  assert.ok(!student.frames.some((frame) => frame.type === "event"));
});

Deno.test("[R2] whatever happens while away, a resumed peer gets exactly what it missed, in order", async () => {
  await using served = await ServedEdge.start({ limits: { framesPerSecondMax: 1e6, framesBurstMax: 1e6 } });
  const seed = Date.now() | 0;
  const teacher = await Peer.welcomed(served.url, "teacher:tom");
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ before: fc.nat({ max: 4 }), hidden: fc.nat({ max: 2 }), away: fc.nat({ max: 6 }) }), {
        minLength: 1,
        maxLength: 4,
      }),
      async (stays) => {
        const channel = `session/r${run++}`;
        await teacher.join(channel);
        const seen: string[] = [];
        const said: string[] = [];
        let resume: { epoch: number; seq: number } | null = null;
        for (const { before, hidden, away } of stays) {
          const peer = await Peer.welcomed(served.url, "student:ada");
          const joined = await peer.join(channel, resume);
          assert.equal(joined.resumed, resume !== null);
          for (let i = 0; i < before; i++) {
            said.push(`${said.length}`);
            await teacher.says(channel, said.at(-1) ?? "");
          }
          await peer.settled();
          const events = peer.frames.filter((frame) => frame.type === "event");
          seen.push(...events.map(textOf));
          const last = events.at(-1);
          resume = { epoch: joined.epoch, seq: last?.seq ?? joined.seq };
          await peer.leave();
          for (let i = 0; i < hidden; i++) await teacher.does(channel, "hint", { item: 1 });
          for (let i = 0; i < away; i++) {
            said.push(`${said.length}`);
            await teacher.says(channel, said.at(-1) ?? "");
          }
        }
        const last = await Peer.welcomed(served.url, "student:ada");
        await last.join(channel, resume);
        await last.settled();
        seen.push(...last.frames.filter((frame) => frame.type === "event").map(textOf));
        await last.leave();
        teacher.send({ type: "leave", channel });
        assert.deepEqual(seen, said);
      },
    ),
    { seed, numRuns: 25 },
  );
});

Deno.test("[R2] a resume point out of reach is answered with a reset and the present state", async () => {
  await using served = await ServedEdge.start();
  const teacher = await Peer.welcomed(served.url, "teacher:tom");
  await teacher.join("session/a");
  for (const text of ["1", "2", "3", "4"]) await teacher.says("session/a", text);
  const peer = await Peer.welcomed(served.url, "student:ada");
  peer.send({ type: "join", channel: "session/a", resume: { epoch: 1, seq: 100 } });
  const reset = await peer.next("reset");
  assert.deepEqual([reset.seq, reset.state], [4, { heard: 4, audience: "learner" }]);
  await teacher.says("session/a", "5");
  assert.equal((await peer.next("event")).seq, 5);
});

Deno.test("[R1] a channel whose actor fails and restarts is taken up again where it stood, unseen by the peer", async () => {
  await using served = await ServedEdge.start();
  const teacher = await Peer.welcomed(served.url, "teacher:tom");
  const peer = await Peer.welcomed(served.url, "student:ada");
  await teacher.join("session/a");
  await peer.join("session/a");
  await teacher.says("session/a", "1");
  teacher.send({ type: "command", id: "fault", channel: "session/a", command: "complete" });
  await teacher.next("refuse", (frame) => frame.id === "fault");
  await teacher.says("session/a", "2");
  await teacher.says("session/a", "3");
  await peer.next("event", (frame) => frame.seq === 3);
  await peer.settled();
  const rest = peer.frames.filter((frame) => frame.type === "event").map(textOf);
  assert.deepEqual(rest, ["1", "2"]);
});

Deno.test("[W4] presence says who is on a channel, counts devices, and tells when they go", async () => {
  await using served = await ServedEdge.start({ limits: { presenceWaitMs: 5 } });
  const teacher = await Peer.welcomed(served.url, "teacher:tom");
  const alone = await teacher.join("session/a");
  assert.deepEqual(alone.present, [{ user_id: "tom", role: "teacher", devices: 1 }]);
  const phone = await Peer.welcomed(served.url, "student:ada");
  const laptop = await Peer.welcomed(served.url, "student:ada");
  await phone.join("session/a");
  await laptop.join("session/a");
  const both = await teacher.next("presence", ({ present }) => present.some(({ devices }) => devices === 2));
  assert.equal(both.people, 2);
  await phone.leave();
  await teacher.next("presence", ({ present }) => present.every(({ devices }) => devices === 1));
  laptop.send({ type: "leave", channel: "session/a" });
  const left = await teacher.next("presence", ({ people }) => people === 1);
  assert.deepEqual(left.present, [{ user_id: "tom", role: "teacher", devices: 1 }]);
});
