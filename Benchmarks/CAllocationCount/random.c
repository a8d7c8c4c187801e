// The system's random numbers of Swift, replaced by a sequence that is the same in each run: the tables of JSON keys and the makers of
// event ids take seeds from them, and with other seeds the same work takes a few instructions more or fewer. The runtime's function
// (swift_stdlib_random) is bound to this one when the program is loaded. For measuring only; no program that matters may link this.
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// SplitMix64 (https://prng.di.unimi.it/splitmix64.c). Only called while a gate is prepared, on its one thread.
static uint64_t state = 0x6A09E667F3BCC908;

static uint64_t next(void) {
    uint64_t mixed = state += 0x9E3779B97F4A7C15;
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB;
    return mixed ^ mixed >> 31;
}

void swift_stdlib_random(void *buffer, size_t count) {
    for (size_t done = 0; done < count; done += sizeof(uint64_t)) {
        uint64_t word = next();
        size_t rest = count - done;
        memcpy((char *)buffer + done, &word, rest < sizeof word ? rest : sizeof word);
    }
}
