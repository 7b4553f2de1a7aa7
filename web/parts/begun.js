// What stood in a field when somebody began to write there. While they write others go on, and what
// is kept has to be measured by what they had before them, not by what has come since.
import { useRef, useState } from 'preact/hooks'

/**
 * The value that this person began from, and the version by which to tell whether somebody else has
 * written there meanwhile: the newest in which the field still says so.
 */
export function useBegun(value, version, writing) {
  const begun = useRef(null)
  if (!writing || value === begun.current.value) begun.current = { value, version }
  return begun.current
}

/**
 * A text that is kept when its field is left: `field` has what the field shows and hears, `refused`
 * what was written and could not be kept. `save(text, version)` answers whether it was.
 */
export function useWritten(value, version, save) {
  const [text, setText] = useState(null)
  const [refused, setRefused] = useState('')
  const begun = useBegun(value, version, text !== null)
  const onBlur = async () => {
    const written = text?.trim()
    setText(null)
    if (text === null || written === value || written === begun.value) return
    const kept = await save(written, begun.version)
    setRefused(kept ? '' : written)
  }
  return { field: { value: text ?? value ?? '', onInput: (event) => setText(event.target.value), onBlur }, refused }
}
