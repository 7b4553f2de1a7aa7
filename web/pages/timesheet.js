import { keepTimesheet } from '../desk/timesheet.js'
import { start } from '../shell/app.js'
import { TimesheetPage } from '../timesheet/page.js'

start(document.getElementById('app'), { title: 'Timesheet', View: TimesheetPage, keep: keepTimesheet })
