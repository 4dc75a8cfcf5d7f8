/** Why a file of answers cannot be read. */
export class AnswerLogError extends Error {
  override readonly name = "AnswerLogError";
}
