#define _GNU_SOURCE
#include "CSockets.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { MAXIMUM_DESCRIPTORS = 253 };  // SCM_MAX_FD: what the kernel lets one message carry

static int fill_address(struct sockaddr_un *address, const char *path) {
    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    if (strlen(path) >= sizeof address->sun_path) return -ENAMETOOLONG;
    strcpy(address->sun_path, path);
    return 0;
}

static int fail(int fd) {
    int error = -errno;
    close(fd);
    return error;
}

int martlet_listen(const char *path) {
    struct sockaddr_un address;
    int error = fill_address(&address, path);
    if (error) return error;
    struct stat status;
    if (lstat(path, &status) == 0) {
        if (!S_ISSOCK(status.st_mode)) return -EEXIST;
        int probe = martlet_connect(path);
        if (probe >= 0) {
            close(probe);
            return -EADDRINUSE;
        }
        if (probe == -ECONNREFUSED) unlink(path);
    }
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return -errno;
    if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0) return fail(fd);
    if (listen(fd, 64) < 0) return fail(fd);
    return fd;
}

int martlet_accept(int listener) {
    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    return fd < 0 ? -errno : fd;
}

int martlet_connect(const char *path) {
    struct sockaddr_un address;
    int error = fill_address(&address, path);
    if (error) return error;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return -errno;
    if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) return fail(fd);
    return fd;
}

ssize_t martlet_receive(int socket, void *buffer, size_t count, int *fds, int *fd_count, int *truncated) {
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(MAXIMUM_DESCRIPTORS * sizeof(int))];
    } control;
    struct iovec part = {buffer, count};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    int room = *fd_count;
    *fd_count = 0;
    *truncated = 0;
    ssize_t got;
    do got = recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got < 0) return -errno;
    if (message.msg_flags & MSG_CTRUNC) *truncated = 1;
    for (struct cmsghdr *item = CMSG_FIRSTHDR(&message); item; item = CMSG_NXTHDR(&message, item)) {
        if (item->cmsg_level != SOL_SOCKET || item->cmsg_type != SCM_RIGHTS) continue;
        size_t number = (item->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t index = 0; index < number; index++) {
            int fd;
            memcpy(&fd, CMSG_DATA(item) + index * sizeof fd, sizeof fd);
            if (*fd_count < room) {
                fds[(*fd_count)++] = fd;
            } else {
                close(fd);
                *truncated = 1;
            }
        }
    }
    return got;
}

ssize_t martlet_send(int socket, const void *buffer, size_t count, const int *fds, int fd_count) {
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(MAXIMUM_DESCRIPTORS * sizeof(int))];
    } control;
    struct iovec part = {(void *)buffer, count};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (fd_count < 0 || fd_count > MAXIMUM_DESCRIPTORS) return -EINVAL;
    if (fd_count > 0) {
        size_t size = (size_t)fd_count * sizeof(int);
        memset(&control, 0, sizeof control);
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(size);
        struct cmsghdr *item = CMSG_FIRSTHDR(&message);
        item->cmsg_level = SOL_SOCKET;
        item->cmsg_type = SCM_RIGHTS;
        item->cmsg_len = CMSG_LEN(size);
        memcpy(CMSG_DATA(item), fds, size);
    }
    ssize_t sent;
    do sent = sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent < 0 ? -errno : sent;
}

int martlet_event(void) {
    int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return fd < 0 ? -errno : fd;
}

void martlet_signal(int event) {
    // The counter's owner shares its flags and may have made it one that waits, and filled it.
    struct pollfd entry = {.fd = event, .events = POLLOUT};
    uint64_t one = 1;
    if (poll(&entry, 1, 0) == 1 && (entry.revents & POLLOUT)) {
        ssize_t written = write(event, &one, sizeof one);
        (void)written;
    }
}

int martlet_is_event(int fd) {
    struct stat status;
    if (fstat(fd, &status) < 0 || (status.st_mode & S_IFMT) != 0) return 0;
    int flags = fcntl(fd, F_GETFL);
    return flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0;
}

int martlet_memory_file(const char *name, uint64_t size) {
    int fd = memfd_create(name, MFD_CLOEXEC);
    if (fd < 0) return -errno;
    if (ftruncate(fd, (off_t)size) < 0) return fail(fd);
    return fd;
}

int martlet_tap(const char *name) {
    struct ifreq request;
    memset(&request, 0, sizeof request);
    if (strlen(name) >= sizeof request.ifr_name) return -ENAMETOOLONG;
    strcpy(request.ifr_name, name);
    request.ifr_flags = IFF_TAP | IFF_NO_PI;
    int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return -errno;
    if (ioctl(fd, TUNSETIFF, &request) < 0) return fail(fd);
    return fd;
}

int martlet_stop_signals(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    if (sigprocmask(SIG_BLOCK, &set, NULL) < 0) return -errno;
    int fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    return fd < 0 ? -errno : fd;
}

int martlet_poll(struct pollfd *fds, size_t count, int64_t nanoseconds) {
    struct timespec limit = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    int ready = ppoll(fds, count, nanoseconds < 0 ? NULL : &limit, NULL);
    if (ready < 0) return errno == EINTR ? 0 : -errno;
    return ready;
}

void martlet_precise_waits(void) { prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL); }
