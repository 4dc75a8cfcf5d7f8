/** State that components watch: they are drawn again when it is set. */
import { useEffect, useState } from "preact/hooks";

export class Store {
  #listeners = new Set();

  constructor(value) {
    this.value = value;
  }

  /** Merges `change` into the value. */
  set(change) {
    this.value = { ...this.value, ...change };
    for (const listener of this.#listeners) listener(this.value);
  }

  onChange(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** The store's present value, for as long as the component is shown. */
export function useStore(store) {
  const [value, setValue] = useState(store.value);
  useEffect(() => {
    setValue(store.value);
    return store.onChange(setValue);
  }, [store]);
  return value;
}
