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

export const PURPOSES = { POSTAL: 'Postal address', BILLING: 'Billing address' }

const monthName = (month) => new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, month - 1, 1))
export const MONTHS = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [index + 1, monthName(index + 1)]))
/** As many as it has in a leap year. */
export const daysOfMonth = (month) => new Date(Date.UTC(2024, Number(month), 0)).getUTCDate()
/** "31 March", or "the end of February" where the day is not in each year. */
export const yearly = (month, day) => (month === 2 && day === 29 ? 'the end of February' : `${day} ${MONTHS[month]}`)

/** In what two clients are alike, where that speaks for one; a person may stand behind many. */
const SAME = { NAME: 'the same name', TAX_ID: 'the same tax id' }

/** "the same name and the same tax id"; '' where they are alike in nothing that speaks for one. */
export const sameWords = (alike) => alike.map((one) => SAME[one]).filter(Boolean).join(' and ')

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
