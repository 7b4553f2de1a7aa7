import { keepInvoices } from '../desk/invoices.js'
import { InvoicesPage } from '../invoices/page.js'
import { start } from '../shell/app.js'

start(document.getElementById('app'), { title: 'Invoices', View: InvoicesPage, keep: keepInvoices })
