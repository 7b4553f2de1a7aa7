"""The contract: GraphQL types, inputs and root fields, and who may call them."""
