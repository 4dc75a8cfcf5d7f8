/** The binary message of one camera frame: a fixed header, the channel's name, the image. */

const FORMATS = ["jpeg", "png", "webp"];
const NAME_OFFSET = 13;

/** `capturedAtMs` is in milliseconds since the Unix epoch by the server's clock; `image` is a Uint8Array. */
export function encodeCameraFrame(channelName, format, image, capturedAtMs) {
  const name = new TextEncoder().encode(channelName);
  const message = new Uint8Array(NAME_OFFSET + name.length + image.length);
  const header = new DataView(message.buffer);
  header.setUint16(0, 0x4e4c);
  header.setUint8(2, 1);
  header.setUint8(3, FORMATS.indexOf(format) + 1);
  header.setFloat64(4, capturedAtMs);
  header.setUint8(12, name.length);
  message.set(name, NAME_OFFSET);
  message.set(image, NAME_OFFSET + name.length);
  return message;
}
