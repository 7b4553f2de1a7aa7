// Where one can go besides the boards, in the order of the navigation.
import { may } from '../desk/session.js'

/** A line for each page: `key` leads there after G, `needs` is the permission it makes sense with. */
const PLACES = [
  { path: '/clients', title: 'Clients', icon: 'building', key: 'l' },
  { path: '/calendar', title: 'Calendar', icon: 'calendar', key: 'a' },
  { path: '/timesheet', title: 'Timesheet', icon: 'clock', key: 'h' },
  { path: '/invoices', title: 'Invoices', icon: 'invoice', key: 'i', needs: 'READ_BILLING' },
  { path: '/dashboard', title: 'Dashboard', icon: 'chart', key: 'd' },
  { path: '/templates', title: 'Templates', icon: 'template', key: 'm' },
  { path: '/workflows', title: 'Workflows', icon: 'stages', key: 'w', needs: 'MANAGE_WORK' },
]

/** Those that are of use to who is signed in. */
export const places = () => PLACES.filter(({ needs }) => !needs || may(needs))

/** Also on the page of one of what it lists. */
export const isHere = ({ path }) => location.pathname === path || location.pathname.startsWith(`${path}/`)
