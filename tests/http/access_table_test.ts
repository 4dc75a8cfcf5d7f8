/** Who may use which route: every route of the OpenAPI document, asked by everyone. */
import assert from "node:assert/strict";
import { EMOTION_CONSENT_TEXT } from "../../src/http/consent_text.ts";
import { admins, API, CALLERS, everyone, openTo, ownFigures, type Request, type Row } from "./access_row.ts";
import { askAs } from "./ask_as.ts";
import { type Edge, PASSWORD, type SignedUp } from "./edge_world.ts";
import { smallCourse } from "./small_course.ts";
import { EngineWorld } from "./engine_world.ts";
import { CLASS_ROWS } from "./class_rows.ts";
import { DEBATE_ROWS } from "./debate_rows.ts";
import { MATCHING_ROWS } from "./matching_rows.ts";
import { ROOM_ROWS } from "./room_rows.ts";
import { learnerRows } from "./learner_rows.ts";
import { openItem } from "./open_item.ts";

const world = await EngineWorld.open();
Deno.test.afterAll(() => world.close());

/** A student's session: theirs, their teachers' and administrators', not there for others. */
function ownSession(prepare: (session: string) => Request): Row {
  return {
    expects: { anonymous: 401, student: 404, teacher: 404, admin: 200, owner: 200, class_teacher: 200 },
    ownerRole: "student",
    async prepare(edge, owner) {
      const body = { course_id: "doubling" };
      const made = await edge.ask("POST", `${API}/sessions`, { token: owner.token, body });
      return prepare(`${API}/sessions/${made.body.id}`);
    },
  };
}

let courses = 0;
const freshCourse = () => smallCourse(`table-${++courses}`);

/** A teacher's course, made for the question. */
function course(expects: Row["expects"], prepare: (path: string, id: string) => Request): Row {
  return {
    expects,
    ownerRole: "teacher",
    async prepare(edge, owner) {
      const made = freshCourse();
      await edge.ask("POST", `${API}/courses`, { token: owner.token, body: made });
      return prepare(`${API}/courses/${made.id}`, made.id);
    },
  };
}

let people = 0;
function newPerson() {
  const username = `table.person.${++people}`;
  return { username, email: `${username}@school.example`, password: PASSWORD };
}

const READ_BY_ALL = { anonymous: 401, student: 200, teacher: 200, admin: 200, owner: 200 };
const refreshBody = (_edge: Edge, owner: SignedUp) => ({ refresh_token: owner.refreshToken });

/** The version of a profile that nobody has set yet; what was computed with it does not count. */
const unsetProfile = () => ({ "if-match": `"0-${crypto.randomUUID()}"` });

const NO_WISHES = {
  learning_style: [],
  pace_preference: null,
  difficulty_level: null,
  goals: [],
  interests: [],
  own_words: [],
  time_zone: "UTC",
  on_leaderboards: false,
};

const TABLE: Readonly<Record<string, Row>> = {
  "GET /live": openTo(200, () => ({ path: "/live" })),
  "GET /ready": openTo(200, () => ({ path: "/ready" })),
  "GET /metrics": openTo(200, () => ({ path: "/metrics" })),
  "GET /problems": openTo(200, () => ({ path: "/problems" })),
  "GET /problems/{code}": openTo(200, () => ({ path: "/problems/not_found" })),
  "POST /api/v1/stream": everyone(201, () => ({ path: `${API}/stream` })),
  // A stream of one's own never ends by itself; tests/socket/stream_test.ts reads some.
  "GET /api/v1/stream/{stream_id}": everyone(410, () => ({ path: `${API}/stream/${crypto.randomUUID()}` })),
  "POST /api/v1/stream/{stream_id}/frames": everyone(410, () => ({
    path: `${API}/stream/${crypto.randomUUID()}/frames`,
    body: '{"type":"ping"}',
    headers: { "content-type": "application/x-ndjson" },
  })),
  "DELETE /api/v1/stream/{stream_id}": everyone(204, () => ({ path: `${API}/stream/${crypto.randomUUID()}` })),
  "POST /api/v1/auth/register": openTo(201, () => ({ path: `${API}/auth/register`, body: newPerson() })),
  "POST /api/v1/auth/login": openTo(200, (_edge, owner) => ({
    path: `${API}/auth/login`,
    body: { username: owner.username, password: PASSWORD },
  })),
  "POST /api/v1/auth/refresh": openTo(200, (edge, owner) => ({
    path: `${API}/auth/refresh`,
    body: refreshBody(edge, owner),
  })),
  "POST /api/v1/auth/logout": openTo(204, (edge, owner) => ({
    path: `${API}/auth/logout`,
    body: refreshBody(edge, owner),
  })),
  "GET /api/v1/auth/me": everyone(200, () => ({ path: `${API}/auth/me` })),
  "POST /api/v1/auth/password": everyone(200, () => ({
    path: `${API}/auth/password`,
    body: { current_password: PASSWORD, new_password: "another good one" },
  })),
  "GET /api/v1/users": admins(200, () => ({ path: `${API}/users` })),
  "POST /api/v1/users": admins(201, () => ({ path: `${API}/users`, body: { ...newPerson(), role: "teacher" } })),
  "GET /api/v1/users/{user_id}": admins(200, (_edge, owner) => ({ path: `${API}/users/${owner.id}` })),
  "PATCH /api/v1/users/{user_id}": admins(200, (_edge, owner) => ({
    path: `${API}/users/${owner.id}`,
    body: { is_active: false },
  })),
  "GET /api/v1/courses": everyone(200, () => ({ path: `${API}/courses` })),
  "POST /api/v1/courses": {
    expects: { anonymous: 401, student: 403, teacher: 201, admin: 201 },
    ownerRole: "student",
    prepare: () => ({ path: `${API}/courses`, body: freshCourse() }),
  },
  "GET /api/v1/courses/{course_id}": course(READ_BY_ALL, (path) => ({ path })),
  "PUT /api/v1/courses/{course_id}": course(
    { anonymous: 401, student: 403, teacher: 403, admin: 200, owner: 200 },
    (path, id) => ({ path, body: smallCourse(id), headers: { "if-match": `"1"` } }),
  ),
  "DELETE /api/v1/courses/{course_id}": course(
    { anonymous: 401, student: 403, teacher: 403, admin: 204, owner: 204 },
    (path) => ({ path }),
  ),
  "GET /api/v1/courses/{course_id}/items/{item_id}/preview": course(
    READ_BY_ALL,
    (path) => ({ path: `${path}/items/double/preview` }),
  ),
  "POST /api/v1/sessions": everyone(201, () => ({ path: `${API}/sessions`, body: { course_id: "doubling" } })),
  "GET /api/v1/sessions": everyone(200, () => ({ path: `${API}/sessions` })),
  "GET /api/v1/sessions/{session_id}": ownSession((path) => ({ path })),
  "GET /api/v1/sessions/{session_id}/interactions": ownSession((path) => ({ path: `${path}/interactions` })),
  "POST /api/v1/sessions/{session_id}/pause": ownSession((path) => ({ path: `${path}/pause` })),
  "POST /api/v1/sessions/{session_id}/resume": {
    ...ownSession((path) => ({ path })),
    async prepare(edge, owner) {
      const made = await edge.ask("POST", `${API}/sessions`, { token: owner.token, body: { course_id: "doubling" } });
      const path = `${API}/sessions/${made.body.id}`;
      await edge.ask("POST", `${path}/pause`, { token: owner.token });
      return { path: `${path}/resume` };
    },
  },
  "POST /api/v1/sessions/{session_id}/complete": ownSession((path) => ({ path: `${path}/complete` })),
  "POST /api/v1/sessions/{session_id}/override": {
    ...ownSession((path) => ({ path: `${path}/override`, body: { item_id: "double", reason: "Once more." } })),
    expects: { anonymous: 401, student: 403, teacher: 404, admin: 202, owner: 403, class_teacher: 202 },
  },
  "GET /api/v1/recommendations": everyone(200, () => ({ path: `${API}/recommendations?course_id=doubling` })),
  "GET /api/v1/decisions": ownSession((path) => ({
    path: `${API}/decisions?session_id=${path.slice(path.lastIndexOf("/") + 1)}`,
  })),
  "GET /api/v1/decisions/{receipt_id}": {
    ...ownSession((path) => ({ path })),
    async prepare(edge, owner) {
      const made = await edge.ask("POST", `${API}/sessions`, { token: owner.token, body: { course_id: "doubling" } });
      await openItem(world.registry, made.body.id, owner.id);
      const { body } = await edge.ask("GET", `${API}/sessions/${made.body.id}`, { token: owner.token });
      return { path: `${API}/decisions/${body.current_item.receipt_id}` };
    },
  },
  "GET /api/v1/consents/emotion": everyone(200, () => ({ path: `${API}/consents/emotion` })),
  "PUT /api/v1/consents/emotion": everyone(200, () => ({
    path: `${API}/consents/emotion`,
    body: { text_version: EMOTION_CONSENT_TEXT.version },
  })),
  "DELETE /api/v1/consents/emotion": everyone(200, () => ({ path: `${API}/consents/emotion` })),
  "GET /api/v1/consents/emotion/text": everyone(200, () => ({ path: `${API}/consents/emotion/text` })),
  // Without a picture; `emotion_routes_test.ts` sends some.
  "POST /api/v1/emotion/detect": everyone(400, () => ({ path: `${API}/emotion/detect` })),
  "GET /api/v1/emotion/trajectory": ownSession((path) => ({
    path: `${API}/emotion/trajectory?session_id=${path.split("/").at(-1)}`,
  })),
  "GET /api/v1/emotion/history": everyone(200, () => ({ path: `${API}/emotion/history` })),
  "DELETE /api/v1/emotion/history": everyone(204, () => ({ path: `${API}/emotion/history` })),
  "GET /models": everyone(200, () => ({ path: "/models" })),
  // No such file; `device_page_test.ts` asks for some that are there.
  "GET /models/{sha256}": everyone(404, () => ({ path: `/models/${"0".repeat(64)}` })),
  ...CLASS_ROWS,
  ...DEBATE_ROWS,
  ...MATCHING_ROWS,
  ...ROOM_ROWS,
  "GET /api/v1/language-model": admins(200, () => ({ path: `${API}/language-model` })),
  "GET /api/v1/language-model/calls": admins(200, () => ({ path: `${API}/language-model/calls` })),
  "GET /api/v1/leaderboards": everyone(403, () => ({ path: `${API}/leaderboards` })),
  "GET /api/v1/leaderboards/teams": everyone(403, () => ({ path: `${API}/leaderboards/teams` })),
  "GET /api/v1/profile": everyone(200, () => ({ path: `${API}/profile` })),
  "PUT /api/v1/profile": everyone(200, () => ({ path: `${API}/profile`, body: NO_WISHES, headers: unsetProfile() })),
  "PATCH /api/v1/profile": everyone(200, () => ({
    path: `${API}/profile`,
    body: { pace_preference: "brisk" },
    headers: unsetProfile(),
  })),
  "GET /api/v1/learners/{learner_id}/profile": {
    expects: { anonymous: 401, student: 403, teacher: 404, admin: 200, owner: 403, class_teacher: 200 },
    ownerRole: "student",
    prepare: (_edge, owner) => ({ path: `${API}/learners/${owner.id}/profile` }),
  },
  "GET /api/v1/learning-dna": ownFigures(200, ""),
  "GET /api/v1/learning-dna/history": ownFigures(200, "/history"),
  "GET /api/v1/learning-dna/radar.svg": ownFigures(200, "/radar.svg"),
  // Of a learner who has not worked in any course yet.
  "GET /api/v1/learning-dna/mastery-map.svg": ownFigures(404, "/mastery-map.svg"),
  "PUT /api/v1/learning-dna/corrections/{figure}": everyone(200, () => ({
    path: `${API}/learning-dna/corrections/pace`,
    body: { says: "higher" },
  })),
  "DELETE /api/v1/learning-dna/corrections/{figure}": everyone(204, () => ({
    path: `${API}/learning-dna/corrections/pace`,
  })),
  ...learnerRows(world),
  "GET /api/v1/reviews": {
    expects: { anonymous: 401, student: 403, teacher: 404, admin: 200, owner: 200, class_teacher: 200 },
    ownerRole: "student",
    prepare: (_edge, owner) => ({ path: `${API}/reviews?learner_id=${owner.id}` }),
  },
};

/** Pages and documents that are not operations of the API. */
const PAGES =
  "/openapi.json /asyncapi.json /docs /docs/page.css /docs/page.js /emotion /join /teach /projector /assets/*".split(
    " ",
  );
const SOCKET = `${API}/socket`;

for (const [route, row] of Object.entries(TABLE)) {
  Deno.test(`[A4] ${route} answers each caller as the table says`, async () => {
    const edge = await world.serve();
    const method = route.slice(0, route.indexOf(" "));
    for (const caller of CALLERS) {
      const expected = row.expects[caller];
      if (expected === undefined) continue;
      const answer = await askAs(edge, caller, method, row);
      assert.equal(answer.status, expected, `${caller}: ${JSON.stringify(answer.body)}`);
    }
  });
}

Deno.test("[A4] the table holds every route of the OpenAPI document, and agrees with what each states", async () => {
  const edge = await world.serve();
  const { body: document } = await edge.ask("GET", "/openapi.json");
  assert.equal(document.openapi, "3.1.0");
  const stated = new Map<string, "public" | string[]>();
  for (const [path, item] of Object.entries<Record<string, { "x-access": "public" | string[] }>>(document.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      stated.set(`${method.toUpperCase()} ${path}`, operation["x-access"]);
    }
  }
  assert.deepEqual([...stated.keys()].sort(), Object.keys(TABLE).sort());
  for (const [route, access] of stated) {
    const { expects } = TABLE[route] ?? {};
    assert.equal(expects?.anonymous === 401, access !== "public", route);
    for (const role of ["student", "teacher", "admin"] as const) {
      if (access !== "public" && !access.includes(role)) assert.equal(expects?.[role], 403, `${role} ${route}`);
    }
  }
});

Deno.test("[A4] the app serves no route that is neither in the document nor a page", async () => {
  const { app } = await world.serve();
  const served = app.routes.filter((route) => route.method !== "ALL").map((route) => route.path);
  const documented = Object.keys(TABLE).map((route) =>
    route.slice(route.indexOf(" ") + 1).replace(/\{(\w+)\}/g, ":$1")
  );
  const unknown = served.filter((path) => !documented.includes(path) && !PAGES.includes(path) && path !== SOCKET);
  assert.deepEqual(unknown, []);
});
