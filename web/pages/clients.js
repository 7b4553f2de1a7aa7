import { ClientsPage } from '../clients/page.js'
import { intoFind } from '../clients/find.js'
import { keepClients } from '../desk/client-list.js'
import { start } from '../shell/app.js'

start(document.getElementById('app'), { title: 'Clients', View: ClientsPage, keep: keepClients, keys: { '/': intoFind } })
