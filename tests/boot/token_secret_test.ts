/** The development secret: made once, kept where only its owner may look. */
import assert from "node:assert/strict";
import { tokenSecret } from "../../src/boot/token_secret.ts";

Deno.test("[D5] a development secret is kept across starts, in a file and a folder that are their owner's alone", async () => {
  const dir = await Deno.makeTempDir({ prefix: "nl-" });
  try {
    const dataDir = `${dir}/data`;
    const secret = await tokenSecret(null, dataDir);
    assert.ok(secret.length >= 32);
    assert.equal(await tokenSecret(null, dataDir), secret);
    const stats = await Promise.all([dataDir, `${dataDir}/token-secret`].map((path) => Deno.stat(path)));
    assert.deepEqual(stats.map(({ mode }) => (mode ?? 0) & 0o777), [0o700, 0o600]);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("[D5] a configured secret is used as it is and leaves nothing on disk", async () => {
  const dir = await Deno.makeTempDir({ prefix: "nl-" });
  try {
    assert.equal(
      await tokenSecret("k3J9vQ0pXw7RzT5mB1nL8cY2hF6gD4sA", `${dir}/data`),
      "k3J9vQ0pXw7RzT5mB1nL8cY2hF6gD4sA",
    );
    assert.deepEqual(await Array.fromAsync(Deno.readDir(dir)), []);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
