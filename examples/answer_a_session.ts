/**
 * Logs in, starts a session and answers what comes.
 * Run: deno run --allow-net examples/answer_a_session.ts http://127.0.0.1:8000 student PASSWORD
 */
import { NeuroLearn, RefusedError } from "../web/client/neurolearn.js";

type Named = { readonly id: string };
type Form =
  | { readonly kind: "choice" | "choices"; readonly options: readonly Named[] }
  | { readonly kind: "number"; readonly units: readonly string[] }
  | { readonly kind: "text" }
  | { readonly kind: "ordering"; readonly entries: readonly Named[] }
  | { readonly kind: "matching"; readonly left: readonly Named[]; readonly right: readonly Named[] };
interface Lesson {
  readonly item_ref: number;
  readonly item: { readonly prompt: string; readonly form: Form };
}
interface Graded {
  readonly correct: boolean;
  readonly correct_answer: string;
}

/** An answer of the right shape, seldom a right one: this learner takes the first of everything. */
function firstGuess(form: Form) {
  switch (form.kind) {
    case "choice":
      return { kind: form.kind, option: form.options[0]?.id };
    case "choices":
      return { kind: form.kind, options: form.options.slice(0, 1).map(({ id }) => id) };
    case "number":
      return { kind: form.kind, value: 1, unit: form.units[0] ?? null };
    case "text":
      return { kind: form.kind, text: "slope" };
    case "ordering":
      return { kind: form.kind, order: form.entries.map(({ id }) => id) };
    case "matching":
      return { kind: form.kind, pairs: Object.fromEntries(form.left.map(({ id }, i) => [id, form.right[i]?.id])) };
  }
}

const [server = "http://127.0.0.1:8000", username = "student", password = ""] = Deno.args;
const api = `${server}/api/v1`;

async function call<Answer>(method: string, path: string, token: string | null, body?: unknown): Promise<Answer> {
  const headers = new Headers({ "content-type": "application/json" });
  if (token !== null) headers.set("authorization", `Bearer ${token}`);
  const response = await fetch(`${api}${path}`, { method, headers, body: body ? JSON.stringify(body) : null });
  if (!response.ok) throw new Deno.errors.Http(`${method} ${path}: ${response.status} ${await response.text()}`);
  return await response.json();
}

const { access_token: token } = await call<{ access_token: string }>("POST", "/auth/login", null, {
  username,
  password,
});
const { rows: [course] } = await call<{ rows: Named[] }>("GET", "/courses", token);
const session = await call<Named>("POST", "/sessions", token, { course_id: course?.id, target_items: 5 });

const live = new NeuroLearn(`${api.replace(/^http/, "ws")}/socket`, () => token);
const channel = live.channel(`session/${session.id}`);
const answers: Promise<void>[] = [];
const { promise: done, resolve: finish } = Promise.withResolvers<unknown>();

async function answer({ item_ref, item }: Lesson): Promise<void> {
  try {
    const graded = await channel.send("answer", { item: item_ref, response: firstGuess(item.form) }) as Graded;
    console.log(item.prompt, "→", graded.correct ? "right" : `wrong: ${graded.correct_answer}`);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    console.log(item.prompt, "→ refused:", error.code, error.detail);
    await channel.send("skip", { item: item_ref });
  }
}

channel.on("state", (state) => {
  const { current_item: open } = state as { current_item: Lesson | null };
  if (open !== null) answers.push(answer(open));
});
channel.on("lesson_update", (lesson) => answers.push(answer(lesson as Lesson)));
channel.on("completed", finish);
const metrics = await done;
await Promise.all(answers);
console.log("done:", metrics);
live.close();
