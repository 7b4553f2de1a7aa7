// Workflows and what is done to their stages: each act is answered before the next is shown.
import { ask } from '../live/request.js'
import { Snapshot } from '../live/snapshot.js'
import { isOver } from './kinds.js'

export const workflows = new Snapshot(() => ask('Workflows'), ['workflow', 'stage', 'service'])

/** What a stage may ask of who enters it. */
export const GATES = [
  { name: 'requiresStepsDone', title: 'All steps are done' },
  { name: 'requiresSignOff', title: 'A reviewer has signed off' },
  { name: 'requiresRequestsClosed', title: 'The client is asked for nothing' },
]

/** Where the work at a stage can go: to any other one at which it is not over. */
export const placesFor = (workflow, stage) => workflow.stages.filter((other) => other.id !== stage.id && !isOver(other.category))

export const keepWorkflows = () => { workflows.open() }
