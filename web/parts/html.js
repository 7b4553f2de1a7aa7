// preact, htm and signals, joined once: a component that reads a signal is drawn anew by it.
import '@preact/signals'
import { h } from 'preact'
import htm from 'htm'

export const html = htm.bind(h)
