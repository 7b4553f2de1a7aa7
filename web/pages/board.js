import { keepBoard } from '../desk/board.js'
import { keepJob } from '../desk/job.js'
import { keepPresence } from '../desk/presence.js'
import { keepTask } from '../desk/task.js'
import { BOARD_KEYS } from '../board/keys.js'
import { BoardPage } from '../board/page.js'
import { start } from '../shell/app.js'

start(document.getElementById('app'), {
  title: 'Board',
  View: BoardPage,
  keep() { keepBoard(); keepJob(); keepTask(); keepPresence() },
  keys: BOARD_KEYS,
})
