// How one piece of work waits for another, in words.

/** What waits, before and after the name of what it waits for. */
export const KINDS = {
  FINISH_TO_START: ['Begins after', 'is done'],
  START_TO_START: ['Begins after', 'is begun'],
  FINISH_TO_FINISH: ['Is finished after', 'is done'],
}
export const UNSEEN = 'work you may not see'

export const lagWords = (days) => (days ? `${days} business day${days === 1 ? '' : 's'} later` : '')

/** "after Gather", "once Gather is begun", "done after Gather, 2 business days later"; `from` a day, if that is known. */
export function waitWords({ kind, name, lagDays, from = '' }) {
  const words = { FINISH_TO_START: `after ${name}`, START_TO_START: `once ${name} is begun`, FINISH_TO_FINISH: `done after ${name}` }[kind]
  return [words, from ? `from ${from}` : lagWords(lagDays)].filter(Boolean).join(', ')
}
