import { DashboardPage } from '../dashboard/page.js'
import { keepDashboard } from '../desk/dashboard.js'
import { start } from '../shell/app.js'

start(document.getElementById('app'), { title: 'Dashboard', View: DashboardPage, keep: keepDashboard })
