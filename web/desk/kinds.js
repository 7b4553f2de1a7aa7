// Jobs and tasks stand on boards in the same way; here is what differs.
import { jobs, take, tasks } from './stores.js'

const isOver = (category) => category === 'DONE' || category === 'CANCELLED'

export const KINDS = {
  jobs: {
    records: jobs,
    take: take.job,
    snapshot: 'JobBoard',
    more: 'MoreJobs',
    counts: 'JobCounts',
    board: 'jobBoard',
    list: 'jobs',
    changes: { document: 'BoardChanges', field: 'boardChanges', thing: 'job' },
    category: (job) => job.category,
    person: (job) => job.owner,
    seconds: (job) => job.remainingSeconds ?? 0,
  },
  tasks: {
    records: tasks,
    take: take.task,
    snapshot: 'TaskBoard',
    more: 'MoreTasks',
    counts: 'TaskCounts',
    board: 'taskBoard',
    list: 'tasks',
    changes: { document: 'TaskChanges', field: 'taskChanges', thing: 'task' },
    category: (task) => task.status,
    person: (task) => task.assignee,
    seconds: (task) => (isOver(task.status) ? 0 : (task.estimateSeconds ?? 0)),
  },
}

export { isOver }
