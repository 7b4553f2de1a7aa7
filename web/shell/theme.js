// Light, dark, or as the machine has it.
import { effect, signal } from '@preact/signals-core'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'

const STORED = 'openpractice.theme'
const dark = matchMedia('(prefers-color-scheme: dark)')
const isDark = signal((localStorage.getItem(STORED) ?? (dark.matches ? 'dark' : 'light')) === 'dark')

dark.addEventListener('change', () => { if (!localStorage.getItem(STORED)) isDark.value = dark.matches })
effect(() => { document.documentElement.dataset.theme = isDark.value ? 'dark' : 'light' })

export function toggleTheme() {
  isDark.value = !isDark.value
  localStorage.setItem(STORED, isDark.value ? 'dark' : 'light')
}

export function ThemeToggle() {
  const words = isDark.value ? 'Light colours' : 'Dark colours'
  return html`<button type="button" class="button button-icon" title=${words} aria-label=${words} onClick=${toggleTheme}><${Icon} name=${isDark.value ? 'sun' : 'moon'} /></button>`
}
