/** The tutor over the whole server: a real socket, a real model host, and a budget that outlives the process. */
import assert from "node:assert/strict";
import { NeuroLearn } from "../../web/client/neurolearn.js";
import { ChatServer, streaming } from "../llm/chat_server.ts";
import { startServer } from "../support/server_process.ts";
import { enrol, type Person, signIn, startSession } from "./people.ts";

const USAGE = { prompt_tokens: 5_000, completion_tokens: 10 };
const ANSWER = ["Look at the task once more. ", "What do you know", " already?"];

/** Asks the tutor about the first item of a fresh session; gives the sentences told on the way, and the answer. */
async function askTutor(base: string, person: Person) {
  const id = await startSession(base, person, 10);
  const client = new NeuroLearn(`${base.replace("http", "ws")}/api/v1/socket`, () => person.token);
  const session = client.channel(`session/${id}`);
  const served = Promise.withResolvers<number>();
  const said = Promise.withResolvers<{ text: string; by: string; because?: string }>();
  const pieces: string[] = [];
  session.on("state", (state) => {
    const { current_item } = Object(state);
    if (current_item !== null) served.resolve(current_item.item_ref);
  });
  session.on("lesson_update", (lesson) => served.resolve(Object(lesson).item_ref));
  session.on("tutor_text", (piece) => pieces.push(Object(piece).text));
  session.on("tutor_said", (answer) => said.resolve(Object(answer)));
  await session.send("tutor_ask", { item: await served.promise, words: "How do I begin?" });
  const answer = await said.promise;
  client.close();
  return { answer, pieces };
}

Deno.test("[U1] [U6] a learner asks, a model answers by the socket, and the budget holds after the process was killed", async () => {
  const chat = new ChatServer(streaming((stream) => {
    for (const piece of ANSWER) stream.text(piece);
    stream.done("stop", USAGE);
  }));
  const folder = await Deno.makeTempDir();
  const settings = {
    DATA_DIR: `${folder}/data`,
    BCRYPT_COST: "4",
    EMOTION: "off",
    ML_BACKEND: "wasm",
    LLM_MODEL: "small",
    OPENAI_BASE_URL: chat.baseUrl,
    LLM_TOKENS_LEARNER_DAY: "4000",
  };
  const first = await startServer(settings);
  const { answer, pieces } = await askTutor(first.url, await enrol(first.url, "asker"));
  assert.deepEqual([answer.text, answer.by], [ANSWER.join(""), "ai"]);
  assert.deepEqual(pieces, [ANSWER[0]]);
  await first.stop("SIGKILL");
  const again = await startServer(settings);
  const asker = await signIn(again.url, "asker", "pw-asker-0123456789");
  const later = await askTutor(again.url, asker);
  assert.deepEqual([later.answer.by, later.answer.because, chat.asked.length], ["author", "over_budget", 1]);
  await again.stop("SIGTERM");
  await chat.close();
  await Deno.remove(folder, { recursive: true });
});
