import { start } from '../shell/app.js'

start(document.getElementById('app'))
