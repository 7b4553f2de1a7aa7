// The kinds of records the pages keep, and how a thing from the server is taken apart.
import { batch, computed } from '@preact/signals-core'
import { Records } from '../live/records.js'
import { OwnChanges } from '../live/own-changes.js'
import { runningOf } from './running-timers.js'

export const jobs = new Records()
export const tasks = new Records()
export const timers = new Records()
export const entries = new Records()

/**
 * Each takes a thing of its kind; `marks` comes with an answer, and is absent from the stream. A job
 * or task says whether it was news.
 */
export const take = {
  job(job, marks = null) {
    const { tasks: steps, ...rest } = job
    return batch(() => {
      if (steps) {
        for (const step of steps) take.task(step, marks)
        rest.stepIds = steps.map((step) => step.id)
      }
      return jobs.hear(rest, marks && marks.jobs)
    })
  },
  task(task, marks = null) {
    return batch(() => {
      if (task.job?.version !== undefined) {
        take.job(task.job, marks)
        task = { ...task, job: { id: task.job.id, title: task.job.title, dueDate: task.job.dueDate } }
      }
      // A card tells the version, and no notes: they stay as they were at the one they came with.
      if (task.notes !== undefined) task = { ...task, notesVersion: task.version }
      return tasks.hear(task, marks && marks.tasks)
    })
  },
  /** A comment is told with all that was said there, so that nobody has to count. */
  comment({ job, task }, marks = null) {
    if (job) take.job(job, marks)
    if (task) take.task(task, marks)
  },
  timer(timer, marks = null) {
    timers.hear(timer, marks && marks.timers)
  },
  timeEntry(entry) {
    entries.hear(entry)
  },
}

export const marksNow = () => ({ jobs: jobs.mark, tasks: tasks.mark, timers: timers.mark })

export const own = new OwnChanges({ stores: { jobs, tasks, timers, entries }, take })

/** Everybody's running timers that this member may see. */
export const running = computed(() => {
  timers.changed.value
  return runningOf(timers.all())
})
