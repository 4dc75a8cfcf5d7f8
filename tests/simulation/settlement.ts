/** The last judgement of a run: nothing outstanding, the books balanced, memory and journal of one mind. */
import type { ReadOutcome } from "../../src/actors/envelope.ts";
import { type ActorId, kindOf } from "../../src/domain/address.ts";
import { sameJson } from "./answer_rules.ts";
import { TEACHER } from "./client.ts";
import { runUntil, type World } from "./world.ts";

export interface Outstanding {
  readonly rule: string;
  readonly what: string;
}

/** One thing that has still to happen, with the rule that promises it; null when all is at rest. */
export function outstanding({ clients, spectators, history, tables }: World): Outstanding | null {
  for (const client of clients) {
    const errand = client.outstanding();
    if (errand !== null) return { rule: "B1", what: `${errand.commandId} to ${errand.to} ${errand.command.type}` };
  }
  const message = history.messages.outstanding();
  if (message !== null) return { rule: "X2", what: message };
  const timer = history.timers.outstanding();
  if (timer !== null) return { rule: "T1", what: timer };
  for (const [actor, { fold }] of history.actors()) {
    if (fold.waiting() > 0) return { rule: "S7", what: `${fold.waiting()} effects of ${actor}` };
  }
  for (const spectator of spectators) {
    const unseen = spectator.outstanding();
    if (unseen !== null) return { rule: "R1", what: unseen };
  }
  const [undelivered] = tables.pending("auditor", 1);
  return undelivered === undefined ? null : { rule: "X2", what: `outbox row ${undelivered.id}` };
}

/** With one node and nothing going wrong nobody is ever fenced, and no append is refused. */
function auditPeace({ history, scenario }: World): void {
  if (scenario.seats.length > 1 || scenario.disturbances.length > 0) return;
  history.saw("peace");
  if (history.coverage.has("fenced")) history.violate("L1", "a node fenced itself: two activations of one actor");
  if (history.coverage.has("append refused by the store")) {
    history.violate("S1", "the store refused an append though nothing had gone wrong");
  }
}

/** Journal, timers, listings and money against what was committed. */
export function auditBooks(world: World): void {
  auditPeace(world);
  const { history, tables } = world;
  let [opened, held] = [0, 0];
  for (const [actor, { fold, turns, epochs }] of history.actors()) {
    const rows = tables.read(actor, 0, Number.MAX_SAFE_INTEGER);
    if (rows.length !== fold.seq()) {
      history.violate("S1", `${actor}: ${rows.length} events in the journal, ${fold.seq()} were committed`);
    }
    rows.forEach(({ seq, epoch }, i) => {
      if (seq !== i + 1) history.violate("S1", `${actor}: event ${seq} is the journal's row ${i + 1}`);
      if (epoch !== epochs[i]) history.violate("O2", `${actor}: event ${seq} is stored under epoch ${epoch}`);
      if (epoch < (epochs[i - 1] ?? 0)) history.violate("O1", `${actor}: event ${seq} is of an older epoch`);
    });
    const stored = rows.filter(({ commandId }) => commandId !== null).map(({ commandId }) => commandId);
    const expected = turns.filter(({ record }) => record.events.length > 0).map(({ record }) => record.commandId);
    if (!sameJson(stored, expected)) history.violate("X1", `${actor}: the journal names other commands than were done`);
    const listing = tables.listingOf(actor);
    if (!sameJson(listing, fold.listing())) {
      history.violate("S2", `${actor}: listed as ${JSON.stringify(listing)}, is ${JSON.stringify(fold.listing())}`);
    }
    const [timer] = tables.timersOf(actor);
    if (timer !== undefined) history.violate("T1", `${actor}: timer ${timer.name} is still set`);
    if (kindOf(actor) !== "account") continue;
    const view = fold.viewAt(fold.seq(), "staff");
    if (typeof view === "object" && view !== null && "balance" in view) held += Number(view.balance);
    for (const { record } of turns) {
      for (const { type, body } of record.events) {
        if (type === "opened") opened += (body as { amount: number }).amount;
      }
    }
  }
  if (held !== opened) history.violate("X2", `${opened} was paid in and ${held} is held`);
}

/** A new process reads every actor: snapshot and tail must give what the whole journal gives. */
export async function auditMemory(world: World, seat: string): Promise<void> {
  const { fleet, history, chance, time } = world;
  if (chance.hit(0.5)) fleet.drain(seat, 2000, 100);
  else fleet.crash(seat, 100);
  const unread = new Set<ActorId>([...history.actors()].map(([actor]) => actor));
  const judge = (actor: ActorId, outcome: ReadOutcome) => {
    const { fold } = history.of(actor);
    if (outcome.kind === "refused") return;
    unread.delete(actor);
    if (fold.audienceAt(fold.seq(), TEACHER) === null) {
      if (outcome.kind !== "forbidden") history.violate("R3", `${actor}: read though nobody may`);
    } else if (outcome.kind === "forbidden") history.violate("R3", `${actor}: forbidden to a teacher`);
    else if (outcome.seq !== fold.seq() || !sameJson(outcome.state, fold.viewAt(fold.seq(), "staff"))) {
      const shown = `${JSON.stringify(outcome.state)} as of ${outcome.seq}`;
      history.violate("S4", `${actor}: recovered as ${shown}, the journal says event ${fold.seq()}`);
    }
  };
  const readAll = () => {
    for (const actor of unread) {
      fleet.visit(chance, async ({ registry }) => judge(actor, await registry.read(actor, TEACHER)));
    }
    if (unread.size > 0) time.in(1000, readAll);
  };
  time.in(chance.between(0, 1500), readAll);
  if (!await runUntil(world, 60_000, () => unread.size === 0)) {
    history.violate("L2", `${[...unread][0]} could not be read again after a restart`);
  }
}
