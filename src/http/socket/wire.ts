/** The socket as far as sending goes. */
export interface Wire {
  readonly readyState: number;
  /** Bytes accepted by `send` that the kernel has not taken yet. */
  readonly bufferedAmount: number;
  /** At least {@link Wire.bufferedAmount}, without asking the runtime while it cannot be over `bytesMax`. */
  bufferedMost(bytesMax: number): number;
  /** `bytes`: what `text` is in UTF-8. Nothing happens while the wire is not open. */
  send(text: string, bytes: number): void;
}
