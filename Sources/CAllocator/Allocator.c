#include "CAllocator.h"

#include <malloc.h>

unsigned long martlet_allocated_bytes(void) {
    struct mallinfo2 memory = mallinfo2();
    return memory.uordblks + memory.hblkhd;
}
