// What the C library's allocator knows and Swift cannot ask.
#ifndef MARTLET_CALLOCATOR_H
#define MARTLET_CALLOCATOR_H

// Bytes that this process has allocated and not freed.
unsigned long martlet_allocated_bytes(void);

#endif
