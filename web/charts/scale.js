// From numbers to places: round steps along an axis, and where a value stands on it.

const STEPS = [1, 2, 2.5, 5, 10]

/** Round numbers from at most `low` to at least `high`, nothing among them, about `count` steps. */
export function ticks(low, high, count = 4) {
  const from = Math.min(0, low)
  const span = Math.max(0, high) - from || 1
  const power = 10 ** Math.floor(Math.log10(span / count))
  const step = power * STEPS.find((each) => power * each * count >= span * 0.999)
  const found = []
  for (let n = Math.floor(from / step + 1e-9); n * step < Math.max(0, high) - step * 1e-9 || found.length < 2; n += 1) found.push(n * step)
  return [...found, found.at(-1) + step]
}

/** The place of a value between two ends, `start` being where the first tick is. */
export function placer(marks, start, end) {
  const [low, high] = [marks[0], marks.at(-1)]
  return (value) => start + ((value - low) / (high - low)) * (end - start)
}

/** Every how many labels one is shown, so that they do not touch. */
export const every = (count, room, each) => Math.max(1, Math.ceil((count * each) / room))
