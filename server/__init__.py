"""The outside: processes, HTTP, sockets, vendors. The only room that knows any of them."""
