"""The server's settings, which gunicorn reads from the folder that it starts in: in `make run` and in a real installation.

Every value can be given on the command line too, or in GUNICORN_CMD_ARGS.
"""

# A report takes seconds of processor time and is drawn one at a time in each process. The others wait in threads of their
# own, so that there are always some left for pages.
workers = 2
threads = 16
# Seconds: a process that hangs is replaced, a request that is under way may end.
timeout = 60
graceful_timeout = 3
keepalive = 5
# Lines and fields of a request: a long list of filters fits, and nothing that only wants to fill the memory.
limit_request_line = 8190
limit_request_fields = 60
limit_request_field_size = 8190
loglevel = "warning"
control_socket_disable = True
