// Whose turn it is, in words.
import { isOver } from './kinds.js'
import { isMe } from './session.js'

/** "Your turn", "Sofia’s turn", "Client’s turn", with the tone that it is shown in. */
export function turnOf(job) {
  if (job.whoseTurn === 'CLIENT') return { words: 'Client’s turn', tone: 'client' }
  if (job.whoseTurn === 'OTHER') return { words: 'Others’ turn', tone: 'client' }
  if (job.whoseTurn === 'NOBODY' || isOver(job.category)) return null
  if (isMe(job.turnOf)) return { words: 'Your turn', tone: 'you' }
  const first = job.turnOf?.name.split(' ')[0]
  return { words: first ? `${first}’s turn` : 'Nobody’s turn yet', tone: first ? 'firm' : 'nobody' }
}
