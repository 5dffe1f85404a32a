// The calls that Swift cannot make: descriptors beside the bytes of a socket, and ioctl.
//
// Every function returns a negative errno when it fails; none of them blocks, except martlet_poll.
#ifndef MARTLET_CSOCKETS_H
#define MARTLET_CSOCKETS_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// Listens on a Unix stream socket at `path`, in place of a socket that a dead process left there.
// -EADDRINUSE when somebody listens there, -EEXIST when the file is no socket.
int martlet_listen(const char *path);
// Accepts one connection; -EAGAIN when nobody waits.
int martlet_accept(int listener);
// Connects to the Unix stream socket at `path`. The connection blocks.
int martlet_connect(const char *path);

// Reads at most `count` bytes; 0 at the end of the stream, -EAGAIN when there is nothing.
// `fds` has room for `*fd_count` descriptors; `*fd_count` becomes the number received. Surplus ones are closed, and
// then `*truncated` becomes 1.
ssize_t martlet_receive(int socket, void *buffer, size_t count, int *fds, int *fd_count, int *truncated);
// Writes at most `count` bytes with `fd_count` descriptors beside them; -EAGAIN when there is no room.
ssize_t martlet_send(int socket, const void *buffer, size_t count, const int *fds, int fd_count);

// An event counter that nobody waits for, closed on exec.
int martlet_event(void);
// Adds one to an event counter; a counter that is full, which its owner can make it, stays as it is.
void martlet_signal(int event);
// Whether `fd` is an event counter or the like: not a file, pipe or socket, to which a write might wait.
int martlet_is_event(int fd);
// A file of `size` bytes that exists in memory only.
int martlet_memory_file(const char *name, uint64_t size);
// Maps `size` bytes at `offset` of the file `fd`, which must be one in memory (memfd, tmpfs, hugetlbfs), shared;
// NULL with `*error` set when that cannot be.
// When the file is cut shorter later on, a touch of what is gone finds zeros instead of ending the process.
void *martlet_map(int fd, uint64_t offset, uint64_t size, int writable, int *error);
// Undoes martlet_map.
void martlet_unmap(void *base, uint64_t size);
// Pages that were touched after their file had been cut.
uint64_t martlet_lost_page_count(void);
// The machine's TAP interface `name`, created when it does not exist; frames without any header.
int martlet_tap(const char *name);
// Starts the program `arguments[0]`, looked up in PATH, with pipes for its standard input and output.
// Its signals are as a new process has them. Returns the process's number, and the pipes' ends in `*input` and `*output`.
int martlet_spawn(char *const arguments[], int *input, int *output);
// Asks process `number` to end and waits for it, for at most `milliseconds`; then it is killed.
void martlet_end_process(int number, int milliseconds);
// Blocks SIGINT and SIGTERM and returns a descriptor that is readable when one was sent.
int martlet_stop_signals(void);
// Waits for one of `fds` for `nanoseconds`, for ever when negative; returns how many are ready.
int martlet_poll(struct pollfd *fds, size_t count, int64_t nanoseconds);
// Lets timed waits end within a microsecond of what was asked for.
void martlet_precise_waits(void);

#endif
