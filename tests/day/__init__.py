"""A working day at 80x24 by keyboard alone, as a script: in a test, and to be looked at in tmux by `make day`."""
