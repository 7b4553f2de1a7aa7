// What somebody wrote that could not be kept, for another had written there meanwhile.
import { html } from './html.js'

export const NotKept = ({ text }) => text && html`<div class="set-apart"><b>Not kept, yours to copy</b>${text}</div>`
