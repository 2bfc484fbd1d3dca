"""How the web process serves; the address and the number of processes are given on its command line."""

worker_class = "gthread"
threads = 8
graceful_timeout = 10
loglevel = "warning"
control_socket_disable = True
