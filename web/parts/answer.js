// What the server says to a question, asked anew whenever the question changes.
import { useEffect, useState } from 'preact/hooks'
import { ask } from '../live/request.js'

/** { found } or { problem }, by the last question alone; nothing while `variables` is null. */
export function useAnswer(document, variables) {
  const [said, setSaid] = useState({})
  const asked = JSON.stringify(variables)
  useEffect(() => {
    if (!variables) return undefined
    let late = false
    const hear = (result) => { if (!late) setSaid(result) }
    ask(document, variables).then((found) => hear({ found }), (problem) => hear({ problem: problem.message }))
    return () => { late = true }
  }, [asked])
  return variables ? said : {}
}
