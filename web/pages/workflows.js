import { keepWorkflows } from '../desk/workflows.js'
import { start } from '../shell/app.js'
import { WorkflowsPage } from '../workflows/page.js'

start(document.getElementById('app'), { title: 'Workflows', View: WorkflowsPage, keep: keepWorkflows })
