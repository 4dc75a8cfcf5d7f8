/** Quests by REST on the real engine: sought, taken up, given up; handed in and judged; shared with a team. */
import assert from "node:assert/strict";
import type { Watcher } from "../../src/actors/envelope.ts";
import { systemClock } from "../../src/boot/system_ports.ts";
import { learnerAddress } from "../../src/domain/learner/messages.ts";
import { teamQuestAddress } from "../../src/domain/team_quest/messages.ts";
import { draftOf, rubric } from "../domain/quests/quest_run.ts";
import { type Edge, noActors, type SignedUp } from "./edge_world.ts";
import { EngineWorld } from "./engine_world.ts";
import { foundTeam, handIn, offeredTo } from "./some_quests.ts";

const world = await EngineWorld.open();
world.edgeWorld.nowMs = systemClock.nowMs();
Deno.test.afterAll(() => world.close());

const API = "/api/v1";

interface Offer {
  readonly quest_id: string;
  readonly template_id: string;
  readonly kind: string;
  readonly team: unknown;
}

/** Asks for quests by REST and waits until they are offered. */
async function offersTo(edge: Edge, { id, token }: SignedUp): Promise<readonly Offer[]> {
  const offered = Promise.withResolvers<void>();
  const watcher: Watcher = {
    deliver: ({ type }) => type === "quests_offered" && offered.resolve(),
    lost: (reason) => offered.reject(new RangeError(`watcher lost: ${reason}`)),
  };
  await world.registry.watch(learnerAddress(id), { userId: id, role: "student" }, null, watcher);
  assert.equal((await edge.ask("POST", `${API}/quests/seek`, { token })).status, 202);
  await offered.promise;
  world.registry.unwatch(learnerAddress(id), watcher);
  const { body } = await edge.ask("GET", `${API}/quests`, { token });
  return body.offers;
}

Deno.test("[Q6] offers by REST are taken up once, given up and turned down; what is over is paged; others see none of it", async () => {
  const edge = await world.serve();
  const learner = await edge.signUp("student");
  const { token } = learner;
  const offers = await offersTo(edge, learner);
  const [first, second] = offers.filter(({ team }) => team === null);
  assert.ok(first && second, JSON.stringify(offers));
  assert.doesNotMatch(JSON.stringify(offers), /"key"|"accepted"/);
  const move = (quest: Offer, verb: string, key?: string) =>
    edge.ask("POST", `${API}/quests/${quest.quest_id}/${verb}`, {
      token,
      headers: key === undefined ? {} : { "idempotency-key": key },
    });
  const accepted = await move(first, "accept", "take-1");
  assert.equal(accepted.status, 200, JSON.stringify(accepted.body));
  assert.equal(accepted.body.active[0].quest_id, first.quest_id);
  assert.deepEqual((await move(first, "accept", "take-1")).body.active.length, 1, "the same key changes nothing");
  const again = await Promise.all([move(first, "accept"), move(first, "accept", "take-2")]);
  assert.deepEqual(again.map(({ status, body }) => [status, body.active.length]), [[200, 1], [200, 1]]);
  const byKind = await edge.ask("GET", `${API}/quests?kind=${first.kind}&status=active`, { token });
  assert.deepEqual([byKind.body.active.length, byKind.body.offers.length], [1, 0]);
  const other = await edge.signUp("student");
  const foreign = { token: other.token };
  assert.equal((await edge.ask("POST", `${API}/quests/${first.quest_id}/abandon`, foreign)).status, 404);
  assert.equal((await edge.ask("GET", `${API}/quests?learner_id=${learner.id}`, foreign)).status, 403);
  assert.equal((await move(first, "abandon")).body.active.length, 0);
  assert.equal((await move(second, "decline")).status, 200);
  const { body: page } = await edge.ask("GET", `${API}/quests/ended?limit=1`, { token });
  const { body: rest } = await edge.ask("GET", `${API}/quests/ended?limit=1&cursor=${page.next}`, { token });
  assert.deepEqual([page.rows[0].data.outcome, rest.rows[0].data.outcome], ["declined", "abandoned"]);
  assert.equal(rest.next, null);
  const { body: done } = await edge.ask("GET", `${API}/quests/ended?outcome=completed`, { token });
  assert.deepEqual(done, { rows: [], next: null });
});

/** Declines whatever is offered until something comes again: all that there is for this learner. */
async function allOffersTo(edge: Edge, learner: SignedUp): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  for (let isNew = true; isNew;) {
    const offers = await offersTo(edge, learner);
    isNew = offers.every(({ template_id }) => !seen.has(template_id));
    for (const { quest_id, template_id } of offers) {
      seen.add(template_id);
      await edge.ask("POST", `${API}/quests/${quest_id}/decline`, { token: learner.token });
    }
  }
  return seen;
}

Deno.test("[Q12] rooms are for who is in a class: only then are their quests offered", async () => {
  const edge = await world.serve();
  const [alone, learner, teacher] = await edge.signUpAll("student", "student", "teacher");
  await edge.classOf(teacher, learner);
  const inRooms = ["collaboration-rooms", "explanation-to-peers"];
  const [outside, inside] = [await allOffersTo(edge, alone), await allOffersTo(edge, learner)];
  assert.ok(outside.size > 10 && inRooms.every((id) => !outside.has(id)), [...outside].join());
  assert.ok(inRooms.every((id) => inside.has(id)), [...inside].join());
});

Deno.test("[Q10] a key stands for one move: used for another quest, team or text it is refused and moves nothing", async () => {
  const edge = await world.serve();
  const learner = await edge.signUp("student");
  await offeredTo(
    world.registry,
    learner.id,
    ...["one", "two", "three"].map((templateId) => draftOf([rubric("clear")], { templateId, retries: 1 })),
  );
  const { token } = learner;
  const post = async (path: string, body?: unknown) => {
    const headers = { "idempotency-key": "k1" };
    const answer = await edge.ask("POST", `${API}${path}`, { token, headers, ...body === undefined ? {} : { body } });
    return [answer.status, answer.body.code ?? null];
  };
  const reused = [422, "idempotency_key_reused"];
  const [one, two, three] = (await edge.ask("GET", `${API}/quests`, { token })).body.offers.map((offer: Offer) =>
    offer.quest_id
  );
  assert.deepEqual(await post(`/quests/${one}/decline`), [200, null]);
  assert.deepEqual(await post(`/quests/${two}/decline`), reused);
  assert.deepEqual(await post(`/quests/${one}/decline`), [200, null], "again");
  assert.deepEqual(await post(`/quests/${two}/accept`), [200, null], "another verb is another move");
  assert.deepEqual(await post(`/quests/${three}/accept`), reused);
  const { body: standing } = await edge.ask("GET", `${API}/quests`, { token });
  const ids = (quests: readonly Offer[]) => quests.map(({ quest_id }) => quest_id);
  assert.deepEqual([ids(standing.offers), ids(standing.active)], [[three], [two]]);
  assert.deepEqual(await post(`/quests/${two}/submit`, { text: "Because." }), [200, null]);
  assert.deepEqual(await post(`/quests/${two}/submit`, { text: "Because." }), [200, null], "again");
  assert.deepEqual(await post(`/quests/${two}/submit`, { text: "Because it is so." }), reused);
  const founder = await edge.signUp("student");
  const [first, second] = [
    await foundTeam(world.registry, founder.id, "x"),
    await foundTeam(world.registry, founder.id, "y"),
  ];
  assert.deepEqual(await post(`/quest-teams/${first}/join`), [202, null]);
  assert.deepEqual(await post(`/quest-teams/${second}/join`), reused);
});

Deno.test("[Q3] staff find a submission, judge it by its rubric, once; students reach none", async () => {
  const edge = await world.serve();
  const [learner, teacher] = await edge.signUpAll("student", "teacher");
  await edge.classOf(teacher, learner);
  const stranger = { token: (await edge.signUp("teacher")).token };
  const submissionId = await handIn(world.registry, learner.id, "q7.0");
  const staff = { token: teacher.token };
  const { body: waiting } = await edge.ask("GET", `${API}/submissions`, staff);
  assert.ok(waiting.rows.some(({ submission_id }: { submission_id: string }) => submission_id === submissionId));
  const path = `${API}/submissions/${submissionId}`;
  const { body: strangers } = await edge.ask("GET", `${API}/submissions`, stranger);
  assert.deepEqual([strangers.rows, (await edge.ask("GET", path, stranger)).status], [[], 404]);
  const unasked = await edge.ask("POST", `${path}/evaluate`, { ...stranger, body: { points: {}, comment: "" } });
  assert.equal(unasked.status, 404);
  assert.equal((await edge.ask("GET", path, staff)).body.text, "Because it is twice as much.");
  assert.equal((await edge.ask("GET", path, { token: learner.token })).status, 403);
  assert.equal((await edge.ask("GET", `${API}/submissions/nobody.q1.1`, staff)).status, 404);
  const judge = (clear: number) =>
    edge.ask("POST", `${path}/evaluate`, { ...staff, body: { points: { clear }, comment: "Well said." } });
  assert.deepEqual([(await judge(99)).status, (await judge(99)).body.code], [422, "bad_points"]);
  const judged = await judge(1);
  assert.deepEqual([judged.status, judged.body.status], [200, "evaluated"], JSON.stringify(judged.body));
  assert.equal((await judge(1)).status, 409);
});

Deno.test("[Q7] a team is shown to its members and staff, to nobody else", async () => {
  const edge = await world.serve();
  const [member, other, teacher] = await edge.signUpAll("student", "student", "teacher");
  const teamId = await foundTeam(world.registry, member.id, "x");
  const path = `${API}/quest-teams/${teamId}`;
  const { body: team } = await edge.ask("GET", path, { token: member.token });
  assert.deepEqual([team.team_id, team.members[0].learner_id], [teamId, member.id]);
  assert.equal((await edge.ask("GET", path, { token: teacher.token })).status, 404);
  await edge.classOf(teacher, member);
  assert.equal((await edge.ask("GET", path, { token: teacher.token })).status, 200);
  assert.equal((await edge.ask("GET", path, { token: other.token })).status, 404);
});

Deno.test("[Q7] a team that nobody has founded is not asked: its name leaves no trace, with it or with the learner", async () => {
  const edge = await world.serve();
  const { id, token } = await edge.signUp("student");
  const { journal } = world.edgeWorld.store.store;
  for (const teamId of ["none", `${id}.q1.x`]) {
    const asked = await edge.ask("POST", `${API}/quest-teams/${teamId}/join`, { token });
    assert.deepEqual([asked.status, asked.body.code], [404, "not_found"]);
    for (const actor of [teamQuestAddress(teamId), learnerAddress(id)]) {
      assert.deepEqual(await journal.read(actor, 0, 10), []);
    }
  }
});

Deno.test("[H1] quests that cannot be read now are a problem that says to come back", async () => {
  const edge = await world.edgeWorld.serve(noActors);
  const { token } = await edge.signUp("student");
  const answer = await edge.ask("GET", `${API}/quests`, { token });
  assert.deepEqual([answer.status, answer.headers.get("retry-after")], [503, "2"]);
});
