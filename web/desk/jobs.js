// Finding a job by what is typed.
import { ask } from '../live/request.js'

/** Fetches the jobs with these words in their title or client, as choices; `thing` is the job. */
export async function findJobs(text) {
  const { jobs } = await ask('Find', { text })
  return jobs.edges.map(({ node }) => ({ id: node.id, title: `${node.client.name} · ${node.title}`, thing: node }))
}
