/** The lines of a text file, gunzipped on the way when its name ends in .gz, without holding it all. */

export async function* answerLines(path: string): AsyncGenerator<string> {
  const file = await Deno.open(path, { read: true });
  const bytes = path.endsWith(".gz") ? file.readable.pipeThrough(new DecompressionStream("gzip")) : file.readable;
  let rest = "";
  for await (const text of bytes.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}
