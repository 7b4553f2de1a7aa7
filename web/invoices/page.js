// The invoices of the firm, or one of them, as the address says.
import { address } from '../desk/address.js'
import { html } from '../parts/html.js'
import { InvoiceList } from './list.js'
import { InvoiceRoom } from './invoice.js'

export const InvoicesPage = () => (address.value.invoice ? html`<${InvoiceRoom} />` : html`<${InvoiceList} />`)
