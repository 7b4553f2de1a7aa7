import { CalendarPage } from '../calendar/page.js'
import { keepCalendar } from '../desk/calendar.js'
import { start } from '../shell/app.js'

start(document.getElementById('app'), { title: 'Calendar', View: CalendarPage, keep: keepCalendar })
