#pragma once
#include <stdbool.h>
#include <stdint.h>

// What the process has asked of the allocator since ei_allocations_reset, or since its start.
typedef struct {
    // Calls of malloc, calloc, posix_memalign, aligned_alloc and their like, and of realloc: each may be a new piece of memory.
    uint64_t allocations;
    // Calls of free with something to free.
    uint64_t frees;
} ei_allocation_count;

// Whether calls are counted on this system: see allocations.c.
bool ei_allocations_are_counted(void);
ei_allocation_count ei_allocations(void);
void ei_allocations_reset(void);

// Calls `work` so many times. Callgrind counts inside this function only: scripts/lib/gates.py knows its name.
void ei_repeat(uint64_t count, void *_Nonnull context, void (*_Nonnull work)(void *_Nonnull context));

// Takes a result, so that the work behind it cannot be left out.
void ei_consume(uint64_t result);
