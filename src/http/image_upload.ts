/** The picture in a multipart body: there, one, and of a type that can be read. */
import type { EncodedImage } from "./emotion_detection.ts";
import type { FrameFormat } from "./ports.ts";
import { problem } from "./problem.ts";

/** As the pipeline has it, and room for the other parts' headers. */
export const UPLOAD_BYTES_MAX = 4 * 1024 * 1024 + 16 * 1024;

const FORMAT_BY_TYPE: { readonly [type: string]: FrameFormat } = {
  "image/jpeg": "jpeg",
  "image/png": "png",
  "image/webp": "webp",
};
/** Types of those who do not say: the first bytes tell. */
const UNSAID = ["", "application/octet-stream"];

const ACCEPTED = "Send one JPEG, PNG or WebP as the part `image` of multipart/form-data.";

/**
 * The image that `request` carries.
 *
 * @throws ProblemError `image_missing`, `not_an_image`, `malformed_multipart` or `unsupported_media_type`
 */
export async function uploadedImage(request: Request): Promise<EncodedImage> {
  if (!/^multipart\/form-data\b/i.test(request.headers.get("content-type") ?? "")) {
    // Servers hand over an empty body as a stream of nothing.
    const { byteLength } = await request.arrayBuffer();
    throw problem(byteLength === 0 ? "image_missing" : "unsupported_media_type", ACCEPTED);
  }
  const parts = (await readForm(request)).getAll("image");
  const [image] = parts;
  if (image === undefined || parts.length > 1 || typeof image === "string" || image.size === 0) {
    throw problem("image_missing", ACCEPTED);
  }
  const type = image.type.split(";")[0]?.trim().toLowerCase() ?? "";
  const stated = FORMAT_BY_TYPE[type];
  if (stated === undefined && !UNSAID.includes(type)) throw problem("unsupported_media_type", ACCEPTED);
  const bytes = new Uint8Array(await image.arrayBuffer());
  const format = stated ?? formatOf(bytes);
  if (format === null) throw problem("not_an_image", "The bytes are no JPEG, PNG or WebP image.");
  return { format, bytes };
}

async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw problem("malformed_multipart", "The body could not be read as multipart/form-data.");
  }
}

function formatOf(bytes: Uint8Array): FrameFormat | null {
  const begins = (...start: number[]) => start.every((byte, i) => bytes[i] === byte);
  if (begins(0xff, 0xd8)) return "jpeg";
  if (begins(0x89, 0x50, 0x4e, 0x47)) return "png";
  return begins(0x52, 0x49, 0x46, 0x46) ? "webp" : null;
}
