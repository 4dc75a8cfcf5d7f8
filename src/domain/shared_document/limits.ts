/** How much a shared document may hold, and how much of it may come at once. */

/** Of one update, decoded. */
export const UPDATE_BYTES_MAX = 40 * 1024;
/** Of a whole document as one update: what was deleted leaves traces, and each place of writing costs. */
export const DOCUMENT_BYTES_MAX = 64 * 1024;
/** Of a state vector, decoded. */
export const STATE_VECTOR_BYTES_MAX = 4 * 1024;
/** Updates ever taken: an update is an event, so this bounds the journal. */
export const UPDATES_MAX = 20_000;
/** Updates kept apart until they are merged, and their characters in base64. */
export const TAIL_UPDATES_MAX = 32;
export const TAIL_LENGTH_MAX = 16 * 1024;
/** Replicas that have ever written; a page that is loaded again is another one. */
export const WRITERS_MAX = 200;
/** What one replica ever inserts, in the elements that its clock counts. */
export const CLOCK_MAX = 1_000_000;

export const NOTES_LENGTH_MAX = 20_000;
export const SHAPES_MAX = 300;
export const SHAPE_ID_LENGTH_MAX = 36;
export const SHAPE_TEXT_LENGTH_MAX = 500;
/** Numbers in `points`: x and y in turn. */
export const POINT_NUMBERS_MAX = 800;
/** Of every coordinate and extent, to both sides. */
export const COORDINATE_MAX = 100_000;
