// A part of the page that is fetched when it is first shown: the first screen has no use for it.
import { useEffect, useState } from 'preact/hooks'
import { html } from './html.js'

const TRIES_AGAIN_AFTER = 4_000

/** `load()` imports it and answers with the component, which takes what this one is given. */
export function later(load) {
  let Part = null
  return function Later(props) {
    const [, show] = useState(false)
    useEffect(() => {
      let isGone = false
      const fetchIt = () => load().then((found) => { Part = found; if (!isGone) show(true) }, () => { if (!isGone) setTimeout(fetchIt, TRIES_AGAIN_AFTER) })
      if (!Part) fetchIt()
      return () => { isGone = true }
    }, [])
    return Part && html`<${Part} ...${props} />`
  }
}
