// A short question after an act, which may stay without an answer.
import { useState } from 'preact/hooks'
import { question } from '../desk/questions.js'
import { Dialog } from '../parts/dialog.js'
import { html } from '../parts/html.js'

function Body({ asked, onClose }) {
  const [text, setText] = useState('')
  const submit = (event) => {
    event.preventDefault()
    if (text.trim()) asked.answer(text.trim())
    onClose()
  }
  return html`<form onSubmit=${submit}>
    <h2><label for="answer">${asked.title}</label></h2>
    <input id="answer" placeholder=${asked.placeholder} value=${text} maxlength="500" autocomplete="off" autofocus onInput=${(event) => setText(event.target.value)} />
    <div class="question-actions">
      <button type="button" class="button button-quiet" onClick=${onClose}>Not now</button>
      <button type="submit" class="button button-strong" disabled=${!text.trim()}>${asked.does ?? 'Note it'}</button>
    </div>
  </form>`
}

export function Question() {
  const asked = question.value
  if (!asked) return null
  const close = () => { question.value = null }
  return html`<${Dialog} label=${asked.title} class="question" onClose=${close}><${Body} asked=${asked} onClose=${close} /><//>`
}
