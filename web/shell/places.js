// Where one can go besides the boards: a line for each page, in the order of the navigation, as
// { path, title, icon, key }; `key` leads there after G.
export const PLACES = [
  { path: '/timesheet', title: 'Timesheet', icon: 'clock', key: 'h' },
  { path: '/invoices', title: 'Invoices', icon: 'invoice', key: 'i' },
  { path: '/templates', title: 'Templates', icon: 'template', key: 'm' },
]

export const isHere = (place) => location.pathname === place.path
