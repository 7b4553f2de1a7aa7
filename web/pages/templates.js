import { keepTemplates } from '../desk/templates.js'
import { start } from '../shell/app.js'
import { TemplatesPage } from '../templates/page.js'

start(document.getElementById('app'), { title: 'Templates', View: TemplatesPage, keep: keepTemplates })
