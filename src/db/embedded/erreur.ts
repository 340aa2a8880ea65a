/** The embedded server cannot be used; the message is in French and says what to do. */
export class EmbeddedError extends Error {
  override readonly name = "EmbeddedError";
}
