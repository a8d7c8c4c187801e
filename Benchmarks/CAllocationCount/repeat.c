#include "CAllocationCount.h"

static volatile uint64_t consumed;

void ei_consume(uint64_t result) {
    consumed = result;
}

__attribute__((noinline)) void ei_repeat(uint64_t count, void *context, void (*work)(void *)) {
    for (uint64_t done = 0; done < count; done++) work(context);
}
