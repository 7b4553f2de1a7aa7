"""The outside: processes, HTTP, sockets, vendors. The only room that knows any of them."""

import gc

gc.disable()  # until server.garbage says otherwise
