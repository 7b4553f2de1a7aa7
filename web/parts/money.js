// An amount in words. Browsers know fewer digits of some currencies than the server: none is rounded.
const MOST_DIGITS = 4

/** "£1,234.50" of { amount, currency } as a locale writes it; as the reader's own where it is undefined. */
export const moneyIn = (locale, { amount, currency }) => new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: MOST_DIGITS }).format(amount)
