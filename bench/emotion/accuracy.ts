/** Who names labelled images better: both readers find the face themselves. */
import type { FrameFormat } from "../../src/http/ports.ts";
import { listImages } from "../../src/ml/emotion_evaluation/labelled_images.ts";
import { readImageHeader } from "../../src/ml/image_header.ts";
import { Human, openOurs } from "./readers.ts";

const IMAGES_AT_ONCE = 32;

interface Tally {
  right: number;
  missed: number;
}

/** Reads DIR/<class>/*; a missed face counts as wrong. */
export async function compareAccuracy(dir: string): Promise<readonly string[]> {
  const ours = await openOurs("wasm");
  const human = await Human.open();
  const { images } = await listImages(dir);
  const [ourTally, humanTally]: [Tally, Tally] = [{ right: 0, missed: 0 }, { right: 0, missed: 0 }];
  const count = (tally: Tally, emotion: string | null, label: string) => {
    if (emotion === null) tally.missed += 1;
    if (emotion === label) tally.right += 1;
  };
  for (let at = 0; at < images.length; at += IMAGES_AT_ONCE) {
    const some = await Promise.all(
      images.slice(at, at + IMAGES_AT_ONCE).map(async ({ path, emotion }) => {
        const bytes = await Deno.readFile(path);
        const format: FrameFormat = readImageHeader(bytes)?.format ?? "jpeg";
        return { format, bytes, emotion };
      }),
    );
    for (const image of some) {
      const { answers: [answer] } = await ours.readBatch([image], { kind: "whole" });
      count(ourTally, answer?.emotion ?? null, image.emotion);
    }
    for (const [index, { emotion }] of (await human.read(some)).entries()) {
      count(humanTally, emotion, some[index]?.emotion ?? "");
    }
  }
  human.close();
  const line = (name: string, { right, missed }: Tally) => {
    return `${name.padEnd(20)} accuracy ${
      (right / images.length).toFixed(4)
    }, ${missed} of ${images.length} faces missed`;
  };
  return [`${dir}, a missed face counting as wrong`, line("ours", ourTally), line("@vladmandic/human", humanTally)];
}
