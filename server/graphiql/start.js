// Starts GraphiQL against this door: queries by HTTP with the page's cookie, or with the token
// from its header editor; subscriptions over the socket.
const root = document.getElementById('graphiql')
const { path } = root.dataset

const START = `# Sign in on /sign-in, or put a token under "Headers" below:
# { "authorization": "Bearer op_live_…" }
{
  serverTime
}
`

const fetcher = GraphiQL.createFetcher({
  url: path,
  subscriptionUrl: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}`,
  headers: { 'x-openpractice': '1' },
  wsConnectionParams: {},
})

ReactDOM.createRoot(root).render(
  React.createElement(GraphiQL, {
    fetcher,
    defaultQuery: START,
    shouldPersistHeaders: false,
  }),
)
