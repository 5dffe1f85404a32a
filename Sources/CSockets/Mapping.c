#define _GNU_SOURCE
#include "CSockets.h"

#include <errno.h>
#include <linux/magic.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/vfs.h>

// Memory of others, mapped from their files. Whoever has the file can cut it, and touching what is gone raises SIGBUS;
// the handler then puts a page of zeros there. One thread maps, touches and unmaps, so the list needs no lock.

struct mapping {
    char *base;
    uint64_t size;
    uint64_t page;
    struct mapping *next;
};

static struct mapping *mappings;
static volatile uint64_t lost_pages;

static void handle(int number, siginfo_t *information, void *context) {
    (void)number;
    (void)context;
    char *address = information->si_addr;
    for (struct mapping *mapping = mappings; mapping; mapping = mapping->next) {
        if (address < mapping->base || address >= mapping->base + mapping->size) continue;
        char *page = (char *)((uintptr_t)address & ~(uintptr_t)(mapping->page - 1));
        int saved = errno;
        void *got = mmap(page, mapping->page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
        errno = saved;
        if (got == MAP_FAILED) break;
        lost_pages++;
        return;
    }
    // Not ours: the instruction runs again and ends the process, as it would have.
    signal(SIGBUS, SIG_DFL);
}

static void install(void) {
    static int installed;
    if (installed) return;
    installed = 1;
    struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_NODEFER};
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, NULL);
}

void *martlet_map(int fd, uint64_t offset, uint64_t size, int writable, int *error) {
    install();
    // Only files that are memory: those of a disk or a network may keep whoever touches them waiting for ever.
    struct statfs system;
    if (fstatfs(fd, &system) < 0 || (system.f_type != TMPFS_MAGIC && system.f_type != HUGETLBFS_MAGIC)) {
        *error = EBADF;
        return NULL;
    }
    uint64_t page = system.f_type == HUGETLBFS_MAGIC ? (uint64_t)system.f_bsize : 4096;
    size = (size + page - 1) & ~(page - 1);
    struct mapping *mapping = malloc(sizeof *mapping);
    if (!mapping) {
        *error = ENOMEM;
        return NULL;
    }
    int protection = writable ? PROT_READ | PROT_WRITE : PROT_READ;
    void *base = mmap(NULL, size, protection, MAP_SHARED, fd, (off_t)offset);
    if (base == MAP_FAILED) {
        *error = errno;
        free(mapping);
        return NULL;
    }
    // A copy of this process has no use for it.
    madvise(base, size, MADV_DONTFORK);
    *mapping = (struct mapping){base, size, page, mappings};
    mappings = mapping;
    return base;
}

void martlet_unmap(void *base, uint64_t size) {
    for (struct mapping **place = &mappings; *place; place = &(*place)->next) {
        struct mapping *mapping = *place;
        if (mapping->base != base) continue;
        *place = mapping->next;
        size = mapping->size;
        free(mapping);
        break;
    }
    munmap(base, size);
}

uint64_t martlet_lost_page_count(void) { return lost_pages; }
