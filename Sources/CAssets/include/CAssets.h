#pragma once
#include <stddef.h>
#include <stdint.h>

// One embedded file: its path below Sources/CAssets, its bytes and their number. Static storage, never freed.
typedef struct {
    const char *_Nonnull path;
    const uint8_t *_Nonnull bytes;
    size_t length;
} ei_asset;

// Every embedded file. `*count` receives their number.
const ei_asset *_Nonnull ei_assets(size_t *_Nonnull count);
