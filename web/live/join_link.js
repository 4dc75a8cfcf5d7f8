/** A class's code, link and QR code, as its teachers may read them. */
import { SchoolError } from "../client/account.js";

async function orNull(asked) {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof SchoolError) return null;
    throw error;
  }
}

/** `{code, link, svg}`, of which link and svg may be null; null while the class is closed to codes. */
export async function readJoinLink(token, classId) {
  const headers = { authorization: `Bearer ${await token()}` };
  const read = async (path) => {
    const response = await fetch(`/api/v1/classes/${classId}/join-code${path}`, { headers });
    if (!response.ok) throw new SchoolError(await response.json(), response.status);
    return response;
  };
  const found = await orNull(read(""));
  if (found === null) return null;
  const drawing = await orNull(read(".svg"));
  return { ...await found.json(), svg: drawing === null ? null : await drawing.text() };
}

/** The code with a space in its middle, to be read aloud. */
export function spokenCode(code) {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}
