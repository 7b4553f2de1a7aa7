// What a client is, how far the firm is with it, and what comes back for it, in words.

export const KINDS = { ORGANISATION: 'Organisation', INDIVIDUAL: 'Person' }
export const STATUSES = {
  PROSPECT: { title: 'Prospect', tone: 'open' },
  ONBOARDING: { title: 'Onboarding', tone: 'waiting' },
  ACTIVE: { title: 'Active', tone: 'good' },
  FORMER: { title: 'Former', tone: 'plain' },
  ARCHIVED: { title: 'Archived', tone: 'plain' },
}
export const PARTS = { PARTNER: 'Partner', MANAGER: 'Manager', PREPARER: 'Preparer', REVIEWER: 'Reviewer' }

/** How the one stands to the other, and the other to the one. */
const RELATIONS = {
  OWNS: ['Owns', 'Owned by'],
  SPOUSE: ['Married to', 'Married to'],
  SUBSIDIARY: ['Subsidiary of', 'Has as subsidiary'],
  TRUSTEE: ['Trustee of', 'Has as trustee'],
  BILLED_THROUGH: ['Billed through', 'Is billed for'],
}

/** The relation as the client with this id would tell it: { words, who }. */
export function relationOf({ kind, client, other }, id) {
  const [mine, theirs] = RELATIONS[kind]
  return client?.id === id ? { words: mine, who: other } : { words: theirs, who: client }
}

const UNITS = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' }
/** Parts of a rule that say on which day, and nothing about how often, while they name one. */
const WHICH_DAY = new Set(['BYMONTHDAY', 'BYMONTH', 'BYDAY', 'BYSETPOS'])

/** "Every month", "Every 3 months"; a rule that says more than that reads as it is written. */
export function ruleWords(rule) {
  const { FREQ, INTERVAL = '1', WKST, ...rest } = Object.fromEntries(rule.split(';').map((part) => part.split('=')))
  const isPlain = Object.entries(rest).every(([name, value]) => WHICH_DAY.has(name) && !value.includes(','))
  if (!isPlain || !UNITS[FREQ] || (rest.BYMONTH && FREQ !== 'YEARLY')) return rule
  return INTERVAL === '1' ? `Every ${UNITS[FREQ]}` : `Every ${INTERVAL} ${UNITS[FREQ]}s`
}
