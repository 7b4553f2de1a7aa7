// The list of steps while it is edited: who waits for whom is kept by step, not by number.

let made = 0
const newKey = () => (made += 1)

/** A version's steps as they are edited; `after` holds what one waits for: { key, kind, lagDays }. */
export function opened(steps) {
  const keys = steps.map(newKey)
  return steps.map(({ title, notes, due, estimateSeconds, role, dependencies }, index) => ({
    key: keys[index], title, notes, due, role, estimateSeconds, after: dependencies.map(({ step, kind, lagDays }) => ({ key: keys[step - 1], kind, lagDays })),
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
    const after = step.after.filter(({ key }) => before.has(key))
    before.add(step.key)
    return { ...step, after }
  })
}

/** As the verb takes them: numbered from 1. */
export function told(steps) {
  const number = new Map(steps.map((step, index) => [step.key, index + 1]))
  return steps.map(({ key, after, due, role, estimateSeconds, ...step }) => ({
    ...step, due, role, estimateSeconds, dependencies: after.map(({ key: other, kind, lagDays }) => ({ step: number.get(other), kind, lagDays })),
  }))
}

/** With or without waiting for another step: to be done before it begins, until said otherwise. */
export function toggled(after, key) {
  const without = after.filter((one) => one.key !== key)
  return without.length < after.length ? without : [...after, { key, kind: 'FINISH_TO_START', lagDays: 0 }]
}
