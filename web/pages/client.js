import { ClientPage } from '../client/page.js'
import { keepClient } from '../desk/client-page.js'
import { start } from '../shell/app.js'

start(document.getElementById('app'), { title: 'Client', View: ClientPage, keep: keepClient })
