// Counts what a process asks of the allocator, by standing in front of it: the GNU C library lets a program define malloc and its
// family (https://www.gnu.org/software/libc/manual/html_node/Replacing-malloc.html), and every library of the process then calls these.
// They count and hand on to the library's own functions under their other names, `__libc_…`.
//
// In the program, and not a library of LD_PRELOAD: nothing to build, find and pass on beside it, and no dlsym, which itself allocates
// and may be asked for memory before it has found any. These names are bound when the program is loaded, before its first call.
// The counters are plain words in static memory: there is nothing to set up, and nothing here allocates.
#include "CAllocationCount.h"

#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>

static _Atomic uint64_t allocations;
static _Atomic uint64_t frees;

ei_allocation_count ei_allocations(void) {
    return (ei_allocation_count){
        .allocations = atomic_load_explicit(&allocations, memory_order_relaxed),
        .frees = atomic_load_explicit(&frees, memory_order_relaxed),
    };
}

void ei_allocations_reset(void) {
    atomic_store_explicit(&allocations, 0, memory_order_relaxed);
    atomic_store_explicit(&frees, 0, memory_order_relaxed);
}

#if defined(__linux__) && defined(__GLIBC__)

bool ei_allocations_are_counted(void) {
    return true;
}

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *memory);

static inline void count_allocation(void) {
    atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
}

void *malloc(size_t size) {
    count_allocation();
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    count_allocation();
    return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size) {
    count_allocation();
    return __libc_realloc(memory, size);
}

void *memalign(size_t alignment, size_t size) {
    count_allocation();
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    count_allocation();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
    if (alignment % sizeof(void *) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) return EINVAL;
    count_allocation();
    void *found = __libc_memalign(alignment, size);
    if (found == NULL) return ENOMEM;
    *memory = found;
    return 0;
}

void free(void *memory) {
    if (memory == NULL) return;
    atomic_fetch_add_explicit(&frees, 1, memory_order_relaxed);
    __libc_free(memory);
}

#else

bool ei_allocations_are_counted(void) {
    return false;
}

#endif
