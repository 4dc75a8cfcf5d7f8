/** Real emotion workers that fail in one way each. */

/** Dies at the moment it is handed a batch. */
export class DoomedWorker extends Worker {
  override postMessage(message: { readonly kind: string }): void {
    if (message.kind !== "ask") return super.postMessage(message);
    this.terminate();
    this.dispatchEvent(new ErrorEvent("error", { message: "killed by the test", cancelable: true }));
  }
}

/** Falls silent at the moment it is handed a batch. */
export class MuteWorker extends Worker {
  override postMessage(message: { readonly kind: string }): void {
    if (message.kind !== "ask") return super.postMessage(message);
    this.terminate();
  }
}

/** Cannot load its models. */
export class StillbornWorker extends Worker {
  override postMessage(message: { readonly setup?: object }): void {
    super.postMessage({ ...message, setup: { ...message.setup, emotionModelPath: "no/such/folder" } });
  }
}
