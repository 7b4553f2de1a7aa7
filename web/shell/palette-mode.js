// Whether the palette is open, and for what.
import { signal } from '@preact/signals-core'

/** '' closed, 'all' for everything, 'timer' for what a timer can run on. */
export const mode = signal('')
export const openPalette = (what = 'all') => { mode.value = what }
export const closePalette = () => { mode.value = '' }
