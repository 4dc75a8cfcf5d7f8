/** Reading recorded data: the format, plain and gzipped, and rows that do not fit it. */
import assert from "node:assert/strict";
import { AnswerLogError } from "../../../src/ml/training/answer_log_error.ts";
import { readAnswers } from "../../../src/ml/training/read_answers.ts";
import { asCsv, madeUpLearners } from "./recorded_answers.ts";

async function gzipped(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function withFile(name: string, text: string, test: (path: string) => Promise<void>): Promise<void> {
  await withBytes(name, name.endsWith(".gz") ? await gzipped(text) : new TextEncoder().encode(text), test);
}

async function withBytes(name: string, bytes: Uint8Array, test: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  await Deno.writeFile(`${folder}/${name}`, bytes);
  try {
    await test(`${folder}/${name}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("[N7] a gzipped file is read as it was written, user by user in order", async () => {
  const learners = madeUpLearners(3, { learners: 50, answers: 40, items: 30, skills: 4 });
  await withFile("made_up.csv.gz", asCsv(learners), async (path) => {
    const log = await readAnswers(path);
    assert.equal(log.name, "made_up");
    assert.equal(log.rows, 2000);
    assert.deepEqual([log.items, log.skills, log.skillSets], [30, 4, 4]);
    const plain = (answers: (typeof learners)[number]["answers"]) =>
      answers.map(({ correct, atS, responseMs }) => ({ correct, atS, responseMs }));
    assert.deepEqual(
      log.learners.map(({ learner, answers }) => [learner, plain(answers)]),
      learners.map(({ learner, answers }) => [learner, plain(answers)]),
    );
  });
});

Deno.test("[N7] users may be interleaved, skills several, and gaps become a clock", async () => {
  const text = "user,item,skills,correct,rt_ms,gap_min\na,i,s;t,1,500,0\nb,j,s,0,,0\na,j,s,1,900,3\n";
  await withFile("gaps.csv", text, async (path) => {
    const [a, b] = (await readAnswers(path)).learners;
    assert.deepEqual(a?.answers, [
      { place: { item: 0, skills: [0, 1], skillSet: 0 }, correct: true, atS: 0, responseMs: 500 },
      { place: { item: 1, skills: [0], skillSet: 1 }, correct: true, atS: 180, responseMs: 900 },
    ]);
    assert.deepEqual(b?.answers.map(({ responseMs }) => responseMs), [null]);
  });
});

Deno.test("[N7] an empty cell of skills means none, a trailing or doubled skill nothing more", async () => {
  const text = "user,item,skills,correct\na,i,,1\na,j,s;,0\na,k,s;s,1\na,l,s,1\na,m,;t;s,1\n";
  await withFile("skills.csv", text, async (path) => {
    const log = await readAnswers(path);
    assert.deepEqual(
      log.learners[0]?.answers.map(({ place }) => [place.skills, place.skillSet]),
      [[[], 0], [[0], 1], [[0], 1], [[0], 1], [[1, 0], 2]],
    );
    assert.equal(log.skills, 2);
  });
});

Deno.test("[N7] ids with spaces stay apart", async () => {
  await withFile("spaces.csv", "user,item,skills,correct\nu,a b,c,1\nu,a,b c,0\n", async (path) => {
    const log = await readAnswers(path);
    assert.deepEqual([log.items, log.skills], [2, 2]);
    assert.deepEqual(log.learners[0]?.answers.map(({ place }) => place.item), [0, 1]);
  });
});

Deno.test("[N7] gzip members one after another are one file, and the name says nothing of the form", async () => {
  const [head, rest] = ["user,item,skills,correct\nu,i,s,1\n", "u,j,s,0\n"];
  const members = new Blob([await gzipped(head), await gzipped(rest)]);
  await withBytes("members.csv.gz", await members.bytes(), async (path) => {
    assert.equal((await readAnswers(path)).rows, 2);
  });
  await withBytes("plain.csv.gz", new TextEncoder().encode(head + rest), async (path) => {
    assert.equal((await readAnswers(path)).rows, 2);
  });
  await withBytes("gzipped.csv", await gzipped(head + rest), async (path) => {
    assert.equal((await readAnswers(path)).rows, 2);
  });
});

Deno.test("[N7] a file that is missing, a folder, cut short or damaged is refused in one line", async () => {
  const refused = (path: string) =>
    assert.rejects(
      readAnswers(path),
      (error) => error instanceof AnswerLogError && /^cannot read [^\n]+$/.test(error.message),
    );
  await refused("no/such/file.csv.gz");
  await refused(".");
  const whole = await gzipped(asCsv(madeUpLearners(3, { learners: 20, answers: 20, items: 9, skills: 2 })));
  await withBytes("cut.csv.gz", whole.subarray(0, whole.length - 100), refused);
  await withBytes("damaged.csv.gz", whole.with(whole.length >> 1, 0).with((whole.length >> 1) + 1, 0), refused);
});

const FAULTS = {
  "a missing column": ["user,item,correct\na,i,1\n", /no column "skills"/],
  "an outcome that is neither": ["user,item,skills,correct\na,i,s,1\na,i,s,2\n", /Row 2: correct is 0 or 1, found "2"/],
  "skills parted by commas": ["user,item,skills,correct\na,i,s,1\na,i,1,1,0\n", /Row 2 has 5 cells for 4 columns/],
  "a column named twice": ["user,item,skills,correct,correct\na,i,s,1,0\n", /names "correct" twice/],
  "a short row": ["user,item,skills,correct\na,i\n", /Row 1 is short/],
  "a time that is no number": ["user,item,skills,correct,t_s\na,i,s,1,noon\n", /Row 1: "noon" is not a number/],
  "no answers": ["user,item,skills,correct\n", /has no answers/],
  "nothing at all": ["", /is empty/],
} as const;

for (const [fault, [text, message]] of Object.entries(FAULTS)) {
  Deno.test(`[N7] a file with ${fault} is refused by name`, async () => {
    await withFile("faulty.csv", text, async (path) => {
      await assert.rejects(
        readAnswers(path),
        (error) => error instanceof AnswerLogError && message.test(error.message),
      );
    });
  });
}
