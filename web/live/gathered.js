// Work that is wanted more often than it is worth doing: what is wanted close together is done once.

/** Never runs twice at once; what is wanted while it runs is done after it. */
export class Gathered {
  #work
  #pause
  #timer
  #runs = false
  #wanted = false

  /** `work` may take its time; `pause` is how many milliseconds it waits for more to come. */
  constructor(work, pause) {
    this.#work = work
    this.#pause = pause
  }

  want(after = this.#pause) {
    this.#wanted = true
    if (!this.#runs) this.#timer ??= setTimeout(() => this.#run(), after)
  }

  forget() {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#wanted = false
  }

  async #run() {
    this.forget()
    this.#runs = true
    await this.#work()
    this.#runs = false
    if (this.#wanted) this.want()
  }
}
