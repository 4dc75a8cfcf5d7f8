/** Which version a change is made on top of, as its caller says by `If-Match`. */
import { problem } from "./problem.ts";

/**
 * The number that an entity tag begins with; what may follow it names a reading of that version, and the coding that a
 * proxy which compresses has put it in (Apache's `-gzip`).
 */
const TAG = /^(?:W\/)?"(\d{1,15})(?:-[0-9a-f-]{36})?(?:-(?:gzip|deflate|br|zstd))?"$/;

/**
 * The version that `ifMatch` names, or null where it is no tag of ours. A weak tag serves as well: a proxy that
 * compresses makes every tag weak, and the number says the same. Throws 428 where no version is named; `*`, any, is none.
 */
export function expectedVersion(ifMatch: string | undefined, changed: string): number | null {
  if (ifMatch === undefined || ifMatch.trim() === "*") {
    throw problem("version_required", `Send \`If-Match\` with the ETag of the ${changed} that this changes.`);
  }
  const version = ifMatch.trim().match(TAG)?.[1];
  return version === undefined ? null : Number(version);
}
