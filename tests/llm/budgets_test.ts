/** What calls of the language model cost: counted by plausible words of the host or by the texts, held within a day's budget. */
import assert from "node:assert/strict";
import { says, type Stream, streaming } from "./chat_server.ts";
import { endOf, ModelWorld, pausing } from "./model_world.ts";

Deno.test("[U3] a host that costs a fortune by its own word is not believed", async () => {
  const usage = { prompt_tokens: 1e15, completion_tokens: -5 };
  await using world = await ModelWorld.open([streaming((stream) => stream.text("Well?").done("stop", usage))]);
  assert.equal(endOf(await world.ask()), "Well?");
  const [call] = world.records.calls;
  assert.ok(call && call.tokensIn > 0 && call.tokensIn < 1_000 && call.tokensOut > 0 && call.tokensOut < 10);
});

Deno.test("[U6] what a host says that an answer cost counts only where it can be; thoughts and failed tries cost too", async () => {
  const answer = "Hello there. ".repeat(20);
  const nothing = { prompt_tokens: 0, completion_tokens: 0 };
  await using free = await ModelWorld.open([streaming((stream) => stream.text(answer).done("stop", nothing))]);
  assert.equal(endOf(await free.ask()), answer);
  const [unpaid] = free.records.calls;
  assert.ok(unpaid && unpaid.tokensIn > 100 && unpaid.tokensOut >= answer.length / 4);

  const thought = "I think about it. ".repeat(20);
  const thinking = (write: (stream: Stream) => Stream) =>
    streaming((stream) => write(stream).text("Ok.").done("stop", null));
  for (
    const thinks of [
      thinking((stream) => stream.text(`<think>${thought}</think>`)),
      thinking((stream) => stream.chunk({ choices: [{ delta: { reasoning_content: thought } }] })),
    ]
  ) {
    await using world = await ModelWorld.open([thinks]);
    assert.equal(endOf(await world.ask()), "Ok.");
    assert.ok((world.records.calls[0]?.tokensOut ?? 0) >= thought.length / 4);
  }

  await using broken = await ModelWorld.open([
    streaming((stream) => stream.text(`<think>${thought}`).cut()),
    streaming((stream) => stream.text("Ok.").done("stop", null)),
  ]);
  const asking = broken.ask();
  await pausing(broken);
  broken.clock.advance(1_000);
  assert.equal(endOf(await asking), "Ok.");
  const [twice] = broken.records.calls;
  assert.ok(twice && twice.tries === 2 && twice.tokensOut >= thought.length / 4);
  assert.ok(unpaid.tokensIn * 1.9 < twice.tokensIn, "the prompt was read twice");
});

Deno.test("[U3] a refusal, by the model or by its host, is no answer, is recorded as one and not asked for again", async () => {
  const refusals = [
    streaming((stream) => stream.chunk({ choices: [{ delta: { refusal: "I will not." } }] }).done()),
    streaming((stream) => stream.text("Well,").done("content_filter")),
  ];
  for (const refuses of refusals) {
    await using world = await ModelWorld.open([refuses]);
    assert.equal(endOf(await world.ask()), "refused");
    assert.deepEqual(world.records.calls.map(({ outcome, tries }) => [outcome, tries]), [["refused", 1]]);
    assert.equal(world.model.stats().circuit, "closed");
  }
});

Deno.test("[U6] a budget holds a day, for calls at once too, and a class's switch is obeyed", async () => {
  // What one call may cost at most is held while it is under way: its prompt, generously counted, and its answer.
  const limits = { learnerDay: 1_000, classDay: 100_000 };
  await using world = await ModelWorld.open([says("Well?")], limits);
  const ends = await Promise.all(Array.from({ length: 6 }, () => world.askAnew().then(endOf)));
  const answered = ends.filter((end) => end === "Well?").length;
  assert.ok(answered >= 1 && answered < 6, `${answered} of 6`);
  assert.deepEqual(new Set(ends), new Set(["Well?", "over_budget"]));
  while (endOf(await world.askAnew()) === "Well?");
  const spent = world.records.calls.reduce((sum, { tokensIn, tokensOut }) => sum + tokensIn + tokensOut, 0);
  assert.ok(spent <= limits.learnerDay, `${spent} tokens`);
  assert.equal(endOf(await world.ask({ learnerId: "bob", data: [] })), "Well?");
  world.clock.advance(86_400_000);
  assert.equal(endOf(await world.askAnew()), "Well?");
  world.offClasses.add("7b");
  assert.equal(endOf(await world.ask({ classId: "7b" })), "switched_off");
});

Deno.test("[U6] a class's budget counts all its learners, and a question over budget sends nothing", async () => {
  await using world = await ModelWorld.open([says("Well?")], { learnerDay: 100_000, classDay: 0 });
  assert.equal(endOf(await world.ask({ classId: "7b" })), "over_budget");
  assert.equal(world.server.asked.length, 0);
  assert.equal(endOf(await world.ask()), "Well?");
});
