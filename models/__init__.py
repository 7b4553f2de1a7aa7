"""The practice: tables, rules and verbs. Knows nothing of GraphQL, HTTP or any vendor."""
