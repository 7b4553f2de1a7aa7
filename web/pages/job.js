import { keepJobPage } from '../desk/job-page.js'
import { keepPresence } from '../desk/presence.js'
import { JobPage } from '../job/page.js'
import { start } from '../shell/app.js'

start(document.getElementById('app'), { title: 'Job', View: JobPage, keep() { keepJobPage(); keepPresence() } })
