// Amounts as the server writes them, { amount: "1234.50", currency }: summed exactly, and read.

const digitsOf = (amount) => amount.split('.')[1]?.length ?? 0

/** One sum for each currency; whole numbers of the smallest digit, so nothing is lost. */
export function sums(amounts) {
  const found = new Map()
  for (const { amount, currency } of amounts) {
    const { minor = 0n } = found.get(currency) ?? {}
    found.set(currency, { minor: minor + BigInt(amount.replace('.', '')), digits: digitsOf(amount) })
  }
  return [...found].map(([currency, { minor, digits }]) => ({ currency, amount: written(minor, digits) }))
}

function written(minor, digits) {
  const text = String(minor < 0n ? -minor : minor).padStart(digits + 1, '0')
  const whole = digits ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text
  return minor < 0n ? `-${whole}` : whole
}

/** What is past its due date of what one owes, a row of aged receivables. */
export const overdueOf = (row) => sums([row.days1To30, row.days31To60, row.days61To90, row.over90Days])[0]

/** Whether one amount is more than another of its currency. */
export function exceeds(one, other) {
  const [difference] = sums([padded(one, other), negated(padded(other, one))])
  return !difference.amount.startsWith('-') && !isNothing(difference)
}

const negated = ({ amount, currency }) => ({ amount: amount.startsWith('-') ? amount.slice(1) : `-${amount}`, currency })

/** With as many digits after the point as the other one: what people type has fewer. */
function padded(one, other) {
  const missing = digitsOf(other.amount) - digitsOf(one.amount)
  if (missing <= 0) return one
  return { ...one, amount: `${one.amount}${digitsOf(one.amount) ? '' : '.'}${'0'.repeat(missing)}` }
}

export const isNothing = ({ amount }) => /^-?[0.]*$/.test(amount)

const GROUPED = /^-?[1-9]\d{0,2}(?:,\d{3})+$|^-?[1-9]\d{0,2}(?:\.\d{3})+$/

/** Digits after the point that the currency has. */
const digitsIn = (currency) => new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits

/**
 * What somebody typed as an amount of a currency; null where it is none. Of a point and a comma the
 * last is the decimal one, but three digits after it are thousands where the currency has fewer.
 */
export function amountOf(text, currency) {
  const plain = text.trim().replace(/[\s’']/g, '').replace('−', '-')
  const isPoint = plain.lastIndexOf('.') > plain.lastIndexOf(',')
  const isGrouped = GROUPED.test(plain) && digitsIn(currency) < 3
  const decimal = isGrouped ? plain.replace(/[.,]/g, '') : isPoint ? plain.replaceAll(',', '') : plain.replaceAll('.', '').replace(',', '.')
  return /^-?\d+(\.\d+)?$/.test(decimal) ? decimal : null
}
