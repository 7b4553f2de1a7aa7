// The board's own part of the page: the filters, the columns, and the drawer beside them.
import { Drawer } from '../drawer/drawer.js'
import { Guarded } from '../parts/guarded.js'
import { html } from '../parts/html.js'
import { BoardView } from './board-view.js'
import { FilterBar } from './filter-bar.js'

export function BoardPage() {
  return html`<${FilterBar} />
    <div class="rooms"><${Guarded}><${BoardView} /><//><${Drawer} /></div>
    <div id="flights" aria-hidden="true"></div>`
}
