/** Loads at the first call and keeps what was loaded; a failure is not kept, so that the next call tries again. */
export class LoadOnce<Loaded> {
  readonly #load: () => Promise<Loaded>;
  #loading: Promise<Loaded> | undefined;

  constructor(load: () => Promise<Loaded>) {
    this.#load = load;
  }

  /** What was loaded or is being loaded; undefined where nobody asked, or the last attempt failed. */
  get current(): Promise<Loaded> | undefined {
    return this.#loading;
  }

  get(): Promise<Loaded> {
    if (this.#loading !== undefined) return this.#loading;
    const loading = this.#load();
    this.#loading = loading;
    loading.catch(() => {
      if (this.#loading === loading) this.#loading = undefined;
    });
    return loading;
  }
}
