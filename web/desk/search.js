// Searching as the server does: every typed word has to occur, wherever it stands.

const wordsOf = (text) => text.toLowerCase().split(/\s+/).filter(Boolean)

export function matches(text, ...parts) {
  const whole = parts.filter(Boolean).join(' ').toLowerCase()
  return wordsOf(text).every((word) => whole.includes(word))
}

/** What begins as typed comes first, then where a word does; the rest keeps its order. */
export function bestFirst(text, list, nameOf) {
  const typed = text.trim().toLowerCase()
  const rank = (one) => {
    const name = ` ${nameOf(one).toLowerCase()}`
    return name.startsWith(` ${typed}`) ? 0 : name.includes(` ${typed}`) ? 1 : 2
  }
  return [...list].sort((one, other) => rank(one) - rank(other))
}
