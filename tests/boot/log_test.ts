/** The log's lines leave in order and whole, however the process ends. */
import assert from "node:assert/strict";

function logging(program: string): Deno.Command {
  const module = new URL("../../src/boot/log.ts", import.meta.url).href;
  const source = `import { openLog } from "${module}";\nconst log = openLog();\n${program}`;
  return new Deno.Command(Deno.execPath(), {
    args: ["eval", source],
    cwd: new URL("../../", import.meta.url),
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  });
}

/** What a program that logs with `log` writes. */
async function written(program: string): Promise<string[]> {
  const child = logging(program).spawn();
  await child.stdin.close();
  const { stdout } = await child.output();
  const lines = new TextDecoder().decode(stdout).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line).message);
}

Deno.test("[A5] lines that wait to be written are there when the process exits, in order", async () => {
  const count = 2_000;
  const lines = await written(`for (let i = 0; i < ${count}; i += 1) log.write("info", String(i)); Deno.exit(0);`);
  assert.deepEqual(lines, Array.from({ length: count }, (_, i) => String(i)));
});

Deno.test("[A5] trouble is written at once, with all before it: nothing of it waits when the process is killed", async () => {
  const lines = await written(
    `log.write("info", "before"); log.write("error", "trouble"); log.write("info", "after"); Deno.kill(Deno.pid, "SIGKILL");`,
  );
  assert.deepEqual(lines, ["before", "trouble"]);
});

Deno.test("[A5] a log that nobody reads any more stops nothing", async () => {
  const child = logging(
    `for await (const _ of Deno.stdin.readable); log.write("error", "unheard"); log.write("info", "too"); Deno.exit(7);`,
  ).spawn();
  await child.stdout.cancel();
  await child.stdin.close();
  assert.equal((await child.status).code, 7);
});
