// The list of steps while it is edited: who waits for whom is kept by step, not by number.

let made = 0
const newKey = () => (made += 1)

/** A version's steps as they are edited; `after` holds the keys of the steps one waits for. */
export function opened(steps) {
  const keys = steps.map(newKey)
  return steps.map(({ title, notes, due, estimateSeconds, role, dependsOn }, index) => ({
    key: keys[index], title, notes, due, role, estimateSeconds, after: dependsOn.map((number) => keys[number - 1]),
  }))
}

export const blank = () => ({ key: newKey(), title: '', notes: '', due: null, role: null, estimateSeconds: null, after: [] })

/** The list with one step moved up or down by one; whoever then stands before what it waits for waits no more. */
export function moved(steps, index, by) {
  const there = index + by
  if (there < 0 || there >= steps.length) return steps
  const list = [...steps]
  const [step] = list.splice(index, 1)
  list.splice(there, 0, step)
  return inOrder(list)
}

export const without = (steps, key) => inOrder(steps.filter((step) => step.key !== key))

function inOrder(steps) {
  const before = new Set()
  return steps.map((step) => {
    const after = step.after.filter((key) => before.has(key))
    before.add(step.key)
    return { ...step, after }
  })
}

/** As the verb takes them: numbered from 1. */
export function told(steps) {
  const number = new Map(steps.map((step, index) => [step.key, index + 1]))
  return steps.map(({ key, after, due, role, estimateSeconds, ...step }) => ({
    ...step, due, role, estimateSeconds, dependsOn: after.map((one) => number.get(one)),
  }))
}
