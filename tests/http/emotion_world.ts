/** A reader of faces that a test scripts, and people who consent and send it pictures. */
import assert from "node:assert/strict";
import type { CameraFrame, EmotionInference, FrameOutcome } from "../../src/http/ports.ts";
import type { Answer, Edge, SignedUp } from "./edge_world.ts";

export const API = "/api/v1";

/** Sees a happy face in everything, or what it was last told to answer. */
export class ScriptedReader implements EmotionInference {
  readonly frames: CameraFrame[] = [];
  answer: FrameOutcome | null = null;
  #gate: Promise<void> = Promise.resolve();
  #arrival = Promise.withResolvers<void>();

  /** Resolves with the first frame since the last {@link ScriptedReader.hold}. */
  get arrival(): Promise<void> {
    return this.#arrival.promise;
  }

  /** Readings wait until the returned function is called. */
  hold(): () => void {
    this.#arrival = Promise.withResolvers<void>();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gate = promise;
    return resolve;
  }

  async read(frame: CameraFrame): Promise<FrameOutcome> {
    this.frames.push(frame);
    this.#arrival.resolve();
    await this.#gate;
    if (this.answer !== null) return this.answer;
    const box = { x: 10, y: 20, width: 100, height: 120 };
    const probabilities = [0.05, 0.05, 0.05, 0.6, 0.05, 0.05, 0.15];
    const reading = { kind: "face", probabilities, confident: true, faces: 2, box } as const;
    return {
      kind: "observed",
      observation: { capturedAtMs: frame.capturedAtMs, reading, model: "scripted", source: "server" },
    };
  }

  forget(): void {
    this.answer = null;
  }
}

/** The first bytes of a JPEG are all that the edge itself looks at. */
export const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);

export async function consent(edge: Edge, { token }: SignedUp): Promise<void> {
  const { body } = await edge.ask("GET", `${API}/consents/emotion/text`, { token });
  const given = await edge.ask("PUT", `${API}/consents/emotion`, { token, body: { text_version: body.version } });
  assert.ok(given.body.in_force, JSON.stringify(given.body));
}

export function formOf(image: BlobPart | null, type = "image/jpeg"): FormData {
  const form = new FormData();
  if (image !== null) form.set("image", new File([image], "face.jpg", { type }));
  return form;
}

export async function detect(edge: Edge, token: string, body: BodyInit | null, type?: string): Promise<Answer> {
  const headers = { authorization: `Bearer ${token}`, ...(type === undefined ? {} : { "content-type": type }) };
  const request = new Request(`http://edge.test${API}/emotion/detect`, { method: "POST", headers, body });
  return await edge.send(request);
}
