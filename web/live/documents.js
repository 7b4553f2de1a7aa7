// The page carries its GraphQL documents as data; web/operations/ holds one file for each.
const carried = document.getElementById('documents')
const documents = carried ? JSON.parse(carried.textContent) : {}

export function documentOf(name) {
  const text = documents[name]
  if (!text) throw new Error(`the page carries no document called ${name}`)
  return text
}
