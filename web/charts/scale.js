// From numbers to places: round steps along an axis, and where a value stands on it.

const STEPS = [1, 2, 2.5, 5, 10]
const SLACK = 1e-9 // what a sum of fractions may be off by

/** Round numbers from at most `low` to at least `high`, nothing among them, in about `count` steps:
 *  whole ones, for what stands beside an axis is rounded. */
export function ticks(low, high, count = 4) {
  const bottom = Math.min(0, low)
  const span = Math.max(0, high) - bottom || 1
  const power = 10 ** Math.max(0, Math.floor(Math.log10(span / count)))
  const step = STEPS.map((each) => each * power).find((each) => Number.isInteger(each) && each * count >= span * (1 - SLACK))
  const from = Math.floor(bottom / step + SLACK)
  const to = Math.ceil((bottom + span) / step - SLACK)
  return Array.from({ length: to - from + 1 }, (_, n) => (from + n) * step)
}

/** The place of a value between two ends, `start` being where the first tick is. */
export function placer(marks, start, end) {
  const [low, high] = [marks[0], marks.at(-1)]
  return (value) => start + ((value - low) / (high - low)) * (end - start)
}

/** Every how many labels one is shown, so that they do not touch. */
export const every = (count, room, each) => Math.max(1, Math.ceil((count * each) / room))
