// What stood in a field when somebody began to write there. While they write others go on, and what
// is kept has to be measured by what they had before them, not by what has come since.
import { useRef } from 'preact/hooks'

/**
 * The value that this person began from, and the version by which to tell whether somebody else has
 * written there meanwhile: the newest in which the field still says so.
 */
export function useBegun(value, version, writing) {
  const begun = useRef(null)
  if (!writing || value === begun.current.value) begun.current = { value, version }
  return begun.current
}
